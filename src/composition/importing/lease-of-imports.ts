import type { EventStore } from '../../../libs/event-store/index.ts';
import { isRecord } from '../../../libs/kernel/index.ts';
import { LEASE_GRACE_MS } from '../../../libs/words/index.ts';
import type { ImportElsewhere, ImportLease } from '../../acts/importing/import-runner.ts';
import type { Lease } from '../../reactors/lease.ts';

export const IMPORT_REACTOR = 'import';

/** The right to import, and in the log who has it now. */
export class LeaseOfImports implements ImportLease {
  readonly #lease: Lease;
  readonly #holder: string;
  readonly #log: Pick<EventStore, 'readStream'>;

  constructor(
    lease: Lease,
    { holder, log }: { readonly holder: string; readonly log: Pick<EventStore, 'readStream'> },
  ) {
    this.#lease = lease;
    this.#holder = holder;
    this.#log = log;
  }

  get isHeld(): boolean {
    return this.#lease.isHeld;
  }

  take(memberId: string): Promise<boolean> {
    return this.#lease.take(memberId);
  }

  async keep(comments: number): Promise<void> {
    if (this.isHeld) await this.#lease.take('system', { reached: comments });
  }

  release(): Promise<void> {
    return this.#lease.release();
  }

  async elsewhere(): Promise<ImportElsewhere | null> {
    let newest = { holder: this.#holder, until: 0, since: '', comments: 0 };
    for await (const { data, occurredAt } of this.#log.readStream(`lease-${IMPORT_REACTOR}`)) {
      if (!isRecord(data) || typeof data['holder'] !== 'string' || typeof data['until'] !== 'string') continue;
      const { holder, until } = data;
      const comments = typeof data['reached'] === 'number' ? data['reached'] : 0;
      const isOver = Date.parse(occurredAt) >= newest.until + LEASE_GRACE_MS;
      const since = holder === newest.holder && !isOver ? newest.since : occurredAt;
      newest = { holder, until: Date.parse(until), since, comments };
    }
    const isHeld = newest.holder !== this.#holder && Date.now() < newest.until + LEASE_GRACE_MS;
    return isHeld ? { since: newest.since, comments: newest.comments } : null;
  }
}
