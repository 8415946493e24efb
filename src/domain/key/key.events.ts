import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/**
 * Stream `key-<keyId>`, with this one event. The event is recorded before the key is destroyed, so no text disappears
 * without a trace.
 */
export type KeyDestroyed = Fact<
  'KeyDestroyed.v1',
  {
    /** The key's id in the head of each text that it sealed: 32 lower-case hex digits. */
    readonly keyId: string;
    /** The stream whose personal parts the key sealed. */
    readonly stream: string;
  },
  null
>;

export type KeyEvent = KeyDestroyed;

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
