import { DomainError } from '../../../libs/kernel/index.ts';
import { composed, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { displayNameOf, handleOf } from './handle.ts';

/** The numbers that are tried behind a handle that is taken. */
const NUMBERS = [2, 3, 4, 5, 6, 7, 8, 9] as const;
const NOT_IN_HANDLE = /[^\p{L}\p{M}\p{N}_.-]+/gu;
const AT_THE_START = /^[\p{M}_.-]+/u;
const SIGNS = '_.-';

/**
 * Handles for somebody whom another house calls by these names, the best first: each name as it is, then with a number.
 * Names that the handle rules refuse are left out, with a number too, and so are addresses, which are nobody's business.
 */
export function handlesFrom(names: readonly string[]): readonly string[] {
  const bases = names
    .filter((name) => !name.includes('@'))
    .map(baseOf)
    .filter(isHandle);
  const numbered = bases.flatMap((base) =>
    NUMBERS.map((number) => `${firstOf(base, TEXT_LIMITS.handle.max - 1)}${number}`),
  );
  return [...new Set([...bases, ...numbered])].filter(isHandle);
}

/** The first of these names that readers may see; undefined when the rules refuse all. */
export function displayNameFrom(names: readonly string[]): string | undefined {
  return names
    .map((name) => firstOf(name.trim(), TEXT_LIMITS.displayName.max).trim())
    .find((name) => isAccepted(() => displayNameOf(name)));
}

function isHandle(text: string): boolean {
  return isAccepted(() => handleOf(text));
}

function baseOf(name: string): string {
  const joined = composed(name).trim().replaceAll(/\s+/gu, '.').replaceAll(NOT_IN_HANDLE, '');
  return withoutEdges(firstOf(withoutEdges(joined), TEXT_LIMITS.handle.max));
}

function withoutEdges(text: string): string {
  let end = text.length;
  while (end > 0 && SIGNS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).replace(AT_THE_START, '');
}

function firstOf(text: string, most: number): string {
  return Array.from(text).slice(0, most).join('');
}

function isAccepted(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
