import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';

/** The list takes megabytes and is rarely used, so its thread ends soon; reading the list is its whole work, so it serves all who register together. */
const ENDS_AFTER_MS = 2_000;

const thread = new AnsweringThread<string, boolean | null>({
  program: programBeside(import.meta.url, 'common-passwords.worker'),
  name: 'common-passwords',
  instead: () => null,
  endsAfter: ENDS_AFTER_MS,
});

/**
 * Whether a password, in lower case, is one of those that people guess first, as leaks of other sites show. Rejects
 * when that cannot be found out.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const isCommon = await thread.ask(password);
  if (isCommon === null) throw new Error('the list of common passwords could not be read');
  return isCommon;
}
