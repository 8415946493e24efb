import {
  type DueSubject,
  dueSubject,
  mustBeNoRefusal,
  ProofError,
  readKeys,
  type Verifier,
} from '../../libs/transparency/index.ts';
import { WrongCall } from './terminal.ts';

export interface VerifyFlags {
  readonly key: readonly string[];
  readonly changes: readonly string[];
  readonly about?: string;
  readonly event?: string;
  readonly checkpoint: readonly string[];
  readonly against: readonly string[];
  readonly views: boolean;
  readonly json?: true;
}

/** The given keys. Throws WrongCall without any, naming their purpose, and for a malformed key. */
export function neededKeys(flags: Pick<VerifyFlags, 'key' | 'changes'>, what: string): readonly Verifier[] {
  if (flags.key.length > 0) return givenKeys(flags);
  throw new WrongCall(`--key is needed for ${what}: the forum's verifier key, which GET /api/v1/audit/key answers`);
}

/** Throws WrongCall for files that hold the forum's refusal in place of their contents. */
export function refuseRefusals(files: readonly string[]): void {
  try {
    for (const file of files) mustBeNoRefusal(file);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(error.message);
    throw error;
  }
}

/** The expected subject of a receipt. Throws WrongCall for a malformed id. */
export function givenSubject(flags: Pick<VerifyFlags, 'about' | 'event'>): DueSubject {
  try {
    return dueSubject(flags);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(error.message);
    throw error;
  }
}

/** Throws WrongCall for a malformed key. */
export function givenKeys({ key, changes }: Pick<VerifyFlags, 'key' | 'changes'>): readonly Verifier[] {
  try {
    return readKeys(key, changes);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(`--key: ${error.message}`);
    throw error;
  }
}
