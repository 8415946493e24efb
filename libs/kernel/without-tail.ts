/**
 * The text without the characters at its end that `dropped` matches, one code point at a time. A pattern such as `/x+$/`
 * does the same in time that grows with the square of the x inside a text; this looks at the end alone.
 */
export function withoutTail(text: string, dropped: RegExp): string {
  let end = text.length;
  while (end > 0) {
    const last = isSurrogatePair(text, end) ? text.slice(end - 2, end) : text.charAt(end - 1);
    if (!dropped.test(last)) break;
    end -= last.length;
  }
  return text.slice(0, end);
}

function isSurrogatePair(text: string, end: number): boolean {
  return end > 1 && (text.codePointAt(end - 2) ?? 0) > 0xffff;
}
