const SPECIAL = /[&<>"]/;

/** A text in the form that it has in HTML, within an element or an attribute in double quotes. */
export function escapedHtml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
