/** The address of a link or a picture: nobody reads it. */
const TARGETS = /\]\([^()\s]*(?:\s+"[^"\n]*")?\)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** A text in Markdown without what readers do not see; its signs part words and are no part of one, so that they may stay. */
export function plainWords(markdown: string): string {
  return markdown
    .replaceAll(TARGETS, ']')
    .replaceAll(/&(amp|lt|gt|quot|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/(?<=[\p{L}\p{N}])[*_~]{2,3}(?=[\p{L}\p{N}])/gu, '');
}
