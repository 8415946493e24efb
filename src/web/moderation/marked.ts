/** As text stands in the HTML that Markdown was made into. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * A comment's HTML with the parts that a rule caught in <mark>. Only texts are searched, never tags, so that nothing but
 * the marks is added; a part that runs over a tag stays unmarked.
 */
export function withMarks(html: string, parts: readonly string[]): string {
  const sought = parts.map(escaped).filter((part) => part !== '');
  if (sought.length === 0) return html;
  const any = new RegExp(sought.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  return html.replace(/<[^>]*>|[^<]+/g, (piece) =>
    piece.startsWith('<') ? piece : piece.replace(any, (part) => `<mark>${part}</mark>`),
  );
}
