/** How the fields of a post are read, by the forum and by the browser alike. */

export function typedTags(list: string): readonly string[] {
  const tags = list.split(/[,،、，]/u).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** The chosen day and time of the site's clock, to the minute; null for at once, and for what is no time. */
export function appearAtIn(typed: Readonly<Record<string, string>>): string | null {
  const value = (typed['publishAt'] ?? '').trim().replace(' ', 'T').slice(0, 16);
  return typed['when'] === 'later' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? value : null;
}
