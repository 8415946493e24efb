import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { growingTo } from '../../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import type { Visit } from '../../../domain/visit/visit.events.ts';
import { idBytes } from '../../ids.ts';
import { openedVisit } from '../opened-visit.ts';

/** The visits that are kept opened: each takes some hundredths of a millisecond to open, and never changes. */
const MOST_OPENED = 20_000;

/** A visit by the position of its event. */
export interface VisitRow {
  readonly n: string;
  readonly sealed: Buffer | null;
}

const visitsAfter = statement<VisitRow>(`
  SELECT CAST(n AS TEXT) AS n, sealed FROM visit INDEXED BY visit_member WHERE member = ? AND n > ?`);

/** Up to where members have read discussions. */
@Injectable()
export class ReadPlaces {
  readonly #views: Pick<Views, 'db'>;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #opened = new LRUCache<string, Visit>(growingTo(MOST_OPENED));

  constructor(@Inject(VIEWS) views: Pick<Views, 'db'>, @Inject(VAULT) vault: Pick<Vault, 'open'>) {
    this.#views = views;
    this.#vault = vault;
  }

  /** The positions by the ids of posts, from the visits after a position of the log; one from before it was of less. */
  async after(memberId: string, position: bigint): Promise<ReadonlyMap<string, bigint>> {
    const rows = visitsAfter(this.#views.db('shelf')).all(idBytes(memberId), position);
    const visits = await Promise.all(rows.map((row) => this.opened(memberId, row)));
    return new Map(
      visits.flatMap((visit) => (visit === null ? [] : [[visit.postId, BigInt(visit.position)] as const])),
    );
  }

  /** The visit of a row that was read just now; null for one that was erased. */
  async opened(memberId: string, { n, sealed }: VisitRow): Promise<Visit | null> {
    const known = this.#opened.get(n);
    if (known !== undefined || sealed === null) return known ?? null;
    const visit = await openedVisit({ memberId, sealed }, this.#vault);
    if (visit !== null) this.#opened.set(n, visit);
    return visit;
  }
}
