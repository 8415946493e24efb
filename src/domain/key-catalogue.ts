import type { Catalogue } from './catalogue-entry.ts';
import type { KeyEvent } from './key/key.events.ts';
import type { LogKeyEvent } from './log-key/log-key.events.ts';

/** What is recorded of the keys that personal parts are sealed with. */
export const KEY_EVENTS: Catalogue<KeyEvent> = {
  'KeyDestroyed.v1': {
    stream: 'key-<keyId>',
    sentence:
      'A key of the vault is about to be destroyed: all that it sealed can never be read again. A key that is gone without this event was taken away, not erased.',
    data: {
      keyId: 'The key, as it is named in the head of what it sealed: 32 hex digits.',
      stream: 'The stream whose personal parts it sealed.',
    },
    personal: null,
  },
};

/** What is recorded of the key that the log's checkpoints are signed with. */
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
