import type { Fact } from '../../../libs/kernel/index.ts';

/** Stream `log-key`, of the whole log: the chain of keys that its checkpoints are signed with. */
export type LogKeyChanged = Fact<
  'LogKeyChanged.v1',
  {
    /** C2SP note verifier keys. */
    readonly from: string;
    readonly to: string;
    /** A checkpoint over all events before this one, which names both keys and is signed by both. */
    readonly note: string;
  },
  null
>;

export type LogKeyEvent = LogKeyChanged;
