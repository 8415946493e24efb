/**
 * A text as Markdown that shows it unchanged: characters with a meaning in CommonMark or GFM get a backslash. Meant for
 * one text node or one line, whose start may be the start of a line.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
    .replace(/[`*[\]]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/~(?=~)|(?<=~)~/g, '\\~')
    .replace(/<(?=[A-Za-z/!?])/g, '\\<')
    .replace(/&(?=#?[A-Za-z0-9]{1,40};)/g, '\\&')
    .replace(/!$/, '\\!')
    .replace(/^(\s*)([-+](?=\s|$|-)|#{1,6}(?=\s|$)|>|=+\s*$|~{3})/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])(?=\s|$)/, '$1\\$2');
}

/** A text without any markup as Markdown: empty lines part paragraphs, line ends stay line ends. */
export function plainTextToMarkdown(text: string): string {
  return text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.split('\n').map(escapeLine).join('  \n'))
    .join('\n\n');
}

function escapeLine(line: string): string {
  return line
    .trim()
    .split(BARE_ADDRESS)
    .map((part, index, parts) => (index % 2 === 1 ? address(part, parts[index + 1] ?? '') : escapeMarkdown(part)))
    .join('');
}

/** Web addresses as people type them into a text; what ends a sentence is not part of one. */
export const BARE_ADDRESS =
  /(https?:\/\/[^\s<>"'()[\]{}\u3000-\u303f\uff00-\uffef]*[^\s<>"'()[\]{}\u3000-\u303f\uff00-\uffef.,;:!?])/;

/**
 * True when the address needs angle brackets, since Markdown would read marks inside it, or take following text for a
 * part of it.
 */
export function needsBrackets(url: string, following: string): boolean {
  return /[*_~`\\&]/.test(url) || /^[^\s.,;:!?]/.test(following);
}

function address(url: string, following: string): string {
  return needsBrackets(url, following) ? `<${url}>` : url;
}
