import { isRecord } from '../../../libs/kernel/index.ts';
import { Seal } from './seal.ts';

/** Long enough to read the page, and to choose another language for it. */
const SECONDS = 15 * 60;

/** Whether the letter to confirm the address went out, or goes when it is asked for later. */
export const LETTER_STATES = ['sent', 'later'] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/** What the page after a registration tells of the letter, in its address: sealed for the member alone, so that no link of others tells it. */
export class ToldLetters {
  readonly #seal: Seal;

  constructor(secret: () => string) {
    this.#seal = new Seal('address', 'the letter to somebody new', secret);
  }

  tell(memberId: string, state: LetterState): string {
    return this.#seal.close({ memberId, state }, Date.now() + SECONDS * 1000);
  }

  /** Null for what was written elsewhere, for somebody else, or a while ago. */
  toldOf(memberId: string, told: string): LetterState | null {
    const opened = this.#seal.open(told);
    if (!isRecord(opened) || opened['memberId'] !== memberId) return null;
    return LETTER_STATES.find((state) => state === opened['state']) ?? null;
  }
}
