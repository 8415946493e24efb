const TAG = /<[^<>]*>/g;

/**
 * The first `most` characters of a text (UTF-16 units), with a space for each tag; entities stay. It reads only the
 * text it gives and the tags between; a `<` that begins no tag counts as a character, however many there are.
 */
export function headWithoutTags(html: string, most: number): string {
  let head = '';
  let from = 0;
  for (const { index, 0: tag } of html.matchAll(TAG)) {
    head += `${html.slice(from, Math.min(index, from + most))} `;
    from = index + tag.length;
    if (head.length >= most) break;
  }
  return `${head}${html.slice(from, from + most)}`.slice(0, most);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The text of rendered HTML without tags, as it is read. */
export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}
