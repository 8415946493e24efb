import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** Stream `lease-<reactor>`. */
export type LeaseTaken = Fact<
  'LeaseTaken.v1',
  {
    readonly reactor: string;
    /** The node that does the reactor's work. */
    readonly holder: string;
    /** RFC 3339, UTC. */
    readonly until: string;
    /** Rises by one with each new holder. */
    readonly term: number;
    /** The tasks that no lease before this one has named. */
    readonly begins: readonly string[];
    /** Of `import`: the comments that have come by then. */
    readonly reached?: number;
  },
  null
>;

export type LeaseEvent = LeaseTaken;

export const LEASE_EVENTS: Catalogue<LeaseEvent> = {
  'LeaseTaken.v1': {
    stream: 'lease-<reactor>',
    sentence:
      'A node does the work of a reactor until this time, or goes on doing it. Recorded only while there is work, and when a task is new. Of `import`, the actor is the admin who began it, and `system` where it goes on. `import-shell` tells of an import from a shell, which has no name: it keeps nobody out.',
    data: {
      reactor:
        'The work: `mail`, `telling`, `push`, `hub`, `newsletter`, `queue`, `guests`, `import`, `import-shell` or `erasure`.',
      holder: 'The node, by an id of its own.',
      until: 'When another node may take it (RFC 3339, UTC); of an import that is over, a time that has passed.',
      term: 'Rises by one with each new holder.',
      begins:
        'The tasks (of `mail`: the kinds of letters) that no lease before this one has named: what happened earlier in the log is not their matter.',
      reached: 'Of `import`: how many comments have come by then; absent before any was counted, and elsewhere.',
    },
    personal: null,
  },
};
