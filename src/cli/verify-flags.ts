import { ProofError, readKey, type Verifier } from '../../libs/transparency/index.ts';
import { WrongCall } from './terminal.ts';

export interface VerifyFlags {
  readonly key?: string;
  readonly checkpoint: readonly string[];
  readonly against: readonly string[];
  readonly views: boolean;
  readonly json?: true;
}

/** The key that was given. Throws WrongCall for none, naming what it is needed for, and for one that is no key. */
export function neededKey({ key }: Pick<VerifyFlags, 'key'>, what: string): Verifier {
  if (key !== undefined) return givenKey(key);
  throw new WrongCall(`--key is needed for ${what}: the forum's verifier key, which GET /api/v1/audit/key answers`);
}

/** Throws WrongCall for what is no key. */
export function givenKey(given: string): Verifier {
  try {
    return readKey(given);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(`--key: ${error.message}`);
    throw error;
  }
}
