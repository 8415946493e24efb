/** How a tag of some kind is found. */
export interface TagForm {
  /** Where one may begin, with the flag g; its first group is the name. */
  readonly starts: RegExp;
  /** The text that ends it, wherever it stands. */
  readonly ends: string;
}

export interface Tag {
  readonly name: string;
  /** All between the name and what ends the tag. */
  readonly attributes: string;
  readonly start: number;
  /** Where the text after the tag begins. */
  readonly end: number;
}

/**
 * The tags of a text in order, also those within another's attributes. However many begin and never end, the text is
 * read once: the result that a pattern such as `\[gallery[^\]]*\]` would search again from each beginning is
 * remembered.
 */
export function* tagsIn(text: string, { starts, ends }: TagForm): Iterable<Tag> {
  let end = -1;
  for (const { index, 0: start, 1: name = '' } of text.matchAll(starts)) {
    const from = index + start.length;
    if (end < from) end = text.indexOf(ends, from);
    if (end < 0) return;
    yield { name, attributes: text.slice(from, end), start: index, end: end + ends.length };
  }
}

/** The replacement of a tag and of everything up to `end`. */
export interface Replacement {
  readonly by: string;
  readonly end: number;
}

/** The text with its tags replaced, from the first to the last; a tag for which null is answered stays, and those within it are asked about. */
export function replaceTags(text: string, form: TagForm, replace: (tag: Tag) => Replacement | null): string {
  const parts: string[] = [];
  let from = 0;
  for (const tag of tagsIn(text, form)) {
    const replacement = tag.start < from ? null : replace(tag);
    if (replacement === null) continue;
    parts.push(text.slice(from, tag.start), replacement.by);
    from = replacement.end;
  }
  return from === 0 ? text : parts.join('') + text.slice(from);
}

interface Closing {
  readonly start: number;
  readonly end: number;
}

/** Where the tags of a text are closed. Each name's ends are looked for once, however many tags ask. */
export class Closings {
  readonly #text: string;
  readonly #formOf: (name: string) => RegExp;
  readonly #next = new Map<string, { readonly form: RegExp; found: Closing | null }>();

  /** `formOf`: what closes a name, with the flag g. */
  constructor(text: string, formOf: (name: string) => RegExp) {
    this.#text = text;
    this.#formOf = formOf;
  }

  /** The first at or after a place, which must not lie before the one asked for last; null when there is none. */
  after(name: string, place: number): Closing | null {
    const key = name.toLowerCase();
    const known = this.#next.get(key) ?? { form: this.#formOf(key), found: { start: -1, end: 0 } };
    this.#next.set(key, known);
    if (known.found !== null && known.found.start < place) known.found = this.#search(known.form, place);
    return known.found;
  }

  #search(form: RegExp, place: number): Closing | null {
    form.lastIndex = place;
    const found = form.exec(this.#text);
    return found && { start: found.index, end: found.index + found[0].length };
  }
}

/** With what stands between a tag and its end; `closes` says what ends a name, with the flag g. */
export function replaceEnclosed(
  text: string,
  form: TagForm & { readonly closes: (name: string) => RegExp },
  replace: (tag: Tag, inner: string, closing: string) => string,
): string {
  const closings = new Closings(text, form.closes);
  return replaceTags(text, form, (tag) => {
    const closing = closings.after(tag.name, tag.end);
    if (closing === null) return null;
    const { start, end } = closing;
    return { by: replace(tag, text.slice(tag.end, start), text.slice(start, end)), end };
  });
}
