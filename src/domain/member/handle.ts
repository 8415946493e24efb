import { invalid, textOf } from '../text.ts';
import { isOfOneScript, skeletonsOf } from './look-alikes.ts';

const HANDLE = /^[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_.-]*$/u;

/** Names that would pass for the forum itself, or that an address already means something else by. */
const RESERVED: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'anonymous',
  'api',
  'auditor',
  'colloquy',
  'deleted',
  'editor',
  'everyone',
  'me',
  'member',
  'members',
  'mod',
  'moderator',
  'moderators',
  'null',
  'policy',
  'register',
  'root',
  'settings',
  'staff',
  'support',
  'system',
  'undefined',
]);

/**
 * The handle as it is kept: 3 to 30 Unicode letters, marks, digits, `_`, `-` and `.`, with a letter or digit among them.
 * Throws DomainError `invalid`.
 */
export function handleOf(text: string): string {
  const handle = textOf(text, 'handle', { min: 3, max: 30, lines: 'one' });
  if (!HANDLE.test(handle)) throw invalid('handle', 'may hold letters, digits, "_", "-" and "." only');
  if (!/[\p{L}\p{N}]/u.test(handle)) throw invalid('handle', 'must hold a letter or a digit');
  if (!isOfOneScript(handle))
    throw invalid('handle', 'must be in one script; Latin may stand with Chinese, Japanese or Korean');
  if (looksReserved(handle)) throw invalid('handle', 'is reserved for the forum itself');
  return handle;
}

/** A name that readers see: each of its words is in one script, and it does not pass for the forum itself. Throws DomainError `invalid`. */
export function displayNameOf(text: string): string {
  const name = textOf(text, 'displayName', { min: 1, max: 80, lines: 'one' });
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u);
  if (!words.every(isOfOneScript)) throw invalid('displayName', 'must not mix scripts within a word');
  if (looksReserved(name, OFFICES)) throw invalid('displayName', 'is reserved for the forum itself');
  return name;
}

/** What a name must not say of its holder alone. */
const OFFICES: ReadonlySet<string> = new Set(
  ['admin', 'administrator', 'auditor', 'colloquy', 'moderator', 'moderators', 'policy', 'staff', 'system'].flatMap(
    bothCases,
  ),
);
const RESERVED_LOOKS: ReadonlySet<string> = new Set([...RESERVED].flatMap(bothCases));

function bothCases(word: string): readonly string[] {
  return [...skeletonsOf(word), ...skeletonsOf(word.toUpperCase())];
}

/** Signs between the letters make no other name of it. */
function looksReserved(name: string, looks: ReadonlySet<string> = RESERVED_LOOKS): boolean {
  const letters = name.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
  return [name, letters].flatMap(bothCases).some((look) => looks.has(look));
}
