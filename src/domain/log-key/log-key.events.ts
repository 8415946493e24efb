import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** Stream `log-key`, one for the whole log: the chain of keys that sign its checkpoints. */
export type LogKeyChanged = Fact<
  'LogKeyChanged.v1',
  {
    /** C2SP note verifier keys. */
    readonly from: string;
    readonly to: string;
    /** A checkpoint over all events before this one; it names both keys, and both sign it. */
    readonly note: string;
  },
  null
>;

export type LogKeyEvent = LogKeyChanged;

export const LOG_KEY_EVENTS: Catalogue<LogKeyEvent> = {
  'LogKeyChanged.v1': {
    stream: 'log-key',
    sentence:
      'The log is signed with another key from now on (`colloquy audit-key rotate`). The key of before and the new one both sign the note, so who holds either learns of the other; without the signature of both it changes nothing.',
    data: {
      from: 'The key of before, as a C2SP note verifier key.',
      to: 'The new key, the same.',
      note: 'A C2SP checkpoint over all events before this one, with a line that names both keys, signed by both.',
    },
    personal: null,
  },
};
