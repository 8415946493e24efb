/** The language that a code block's attributes name, in the manners of highlight.js, SyntaxHighlighter and GeSHi; or ''. */
export function codeLanguage(pre: HTMLElement): string {
  for (const element of [pre, ...Array.from(pre.getElementsByTagName('code')).slice(0, 1)]) {
    const marks = element.getAttribute('class') ?? '';
    const named = /(?:^|\s)(?:language|lang)-([\w+#.-]+)/.exec(marks) ?? /brush:\s*['"]?([\w+#.-]+)/.exec(marks);
    const language = named?.[1] ?? element.getAttribute('lang') ?? element.getAttribute('data-lang') ?? '';
    if (/^[\w+#.-]{1,30}$/.test(language)) return language.toLowerCase();
  }
  return '';
}

/** A fenced code block; the fence is longer than any run of backticks in the code. */
export function fenced(code: string, language: string): string {
  const longest = Math.max(0, ...[...code.matchAll(/`{3,}/g)].map((run) => run[0].length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `\n\n${fence}${language}\n${code.replace(/^\n+/, '').trimEnd()}\n${fence}\n\n`;
}
