import { foldName } from '../../../libs/kernel/index.ts';
import { invalid, textOf } from '../text.ts';

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
  if (RESERVED.has(foldName(handle))) throw invalid('handle', 'is reserved for the forum itself');
  return handle;
}
