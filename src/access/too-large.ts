import { DomainError } from '../../libs/kernel/index.ts';

const KIBIBYTE = 1024;

/** The refusal of a body that has more bytes than its address takes, or of an address and headers that have more than the server. */
export class TooLarge extends DomainError {
  readonly mostBytes: number;

  /** `what` is larger; a sentence without its end. */
  constructor(mostBytes: number, what = 'The request is larger than this address takes') {
    super('too_large', `${what}: ${Math.floor(mostBytes / KIBIBYTE)} KiB at most.`);
    this.mostBytes = mostBytes;
  }
}
