import { DomainError } from '../../../libs/kernel/index.ts';
import type { Framed } from './framed.ts';

/** The refusal of a session of a member who is banned. */
export class Banned extends DomainError {
  readonly memberId: string;
  readonly framed?: Framed;

  constructor(memberId: string, framed: Framed | undefined) {
    super('banned', 'This account was banned from the forum.');
    this.memberId = memberId;
    if (framed) this.framed = framed;
  }
}
