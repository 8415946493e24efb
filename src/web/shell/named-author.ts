/** A name of several words without the quotes that it needs. */
const UNQUOTED = /author:[^\s:"“”„«»]+\s[^\s-]/iu;
/** `author:` without a name, and nothing else. */
const NOBODY = /^\s*-?author:["“”„«»\s]*$/iu;

/** True for a search whose author has a name of several words, perhaps, of which it takes the first alone. */
export function needsQuotes(asked: string): boolean {
  return UNQUOTED.test(asked);
}

/** True for a search that asks for an author and does not say for whom. */
export function namesNobody(asked: string): boolean {
  return NOBODY.test(asked);
}
