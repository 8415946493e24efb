const TAG = /<[^<>]*>/g;

/**
 * The first characters of a text, `most` of them (UTF-16 units), with a space for each tag; entities stay. It reads no more
 * than it gives, and tags between; a `<` that begins no tag is a character like others, however many there are.
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
