import type { Catalogue } from './catalogue-entry.ts';
import type { KeyEvent } from './key/key.events.ts';

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
