/** What no XML 1.0 document may have, also escaped (XML 1.0, 2.2): most control characters, halves of pairs, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** The text with a replacement character for each one that would break an XML document. */
export function fitForXml(text: string): string {
  return text.replace(FORBIDDEN, '\u{FFFD}');
}

/** The text as XML has it between tags. */
export function escapedXml(text: string): string {
  return fitForXml(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
