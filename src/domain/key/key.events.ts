import type { Fact } from '../../../libs/kernel/index.ts';

/** Stream `key-<keyId>`, of this one event. It is recorded before the key goes, so no text goes without a trace. */
export type KeyDestroyed = Fact<
  'KeyDestroyed.v1',
  {
    /** As it stands in the head of what it sealed: 32 lower-case hex digits. */
    readonly keyId: string;
    /** Whose personal parts it sealed. */
    readonly stream: string;
  },
  null
>;

export type KeyEvent = KeyDestroyed;
