import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { growingTo } from '../../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import { idBytes } from '../../ids.ts';
import { openedVisit } from '../opened-visit.ts';

/** The visits that are kept opened: each takes some hundredths of a millisecond to open, and never changes. */
const MOST_OPENED = 20_000;

interface VisitRow {
  readonly n: string;
  readonly sealed: Buffer | null;
}

interface Place {
  readonly postId: string;
  readonly position: bigint;
}

const visitsAfter = statement<VisitRow>(`
  SELECT CAST(n AS TEXT) AS n, sealed FROM visit INDEXED BY visit_member WHERE member = ? AND n > ?`);

/** Up to where members have read discussions. */
@Injectable()
export class ReadPlaces {
  readonly #views: Pick<Views, 'db'>;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #opened = new LRUCache<string, Place>(growingTo(MOST_OPENED));

  constructor(@Inject(VIEWS) views: Pick<Views, 'db'>, @Inject(VAULT) vault: Pick<Vault, 'open'>) {
    this.#views = views;
    this.#vault = vault;
  }

  /** The positions by the ids of posts, from the visits after a position of the log; one from before it was of less. */
  async after(memberId: string, position: bigint): Promise<ReadonlyMap<string, bigint>> {
    const rows = visitsAfter(this.#views.db('shelf')).all(idBytes(memberId), position);
    const places = await Promise.all(rows.map((row) => this.#placeOf(memberId, row)));
    return new Map(places.flatMap((place) => (place === null ? [] : [[place.postId, place.position] as const])));
  }

  async #placeOf(memberId: string, { n, sealed }: VisitRow): Promise<Place | null> {
    const known = this.#opened.get(n);
    if (known !== undefined || sealed === null) return known ?? null;
    const visit = await openedVisit({ memberId, sealed }, this.#vault);
    if (visit === null) return null;
    const place = { postId: visit.postId, position: BigInt(visit.position) };
    this.#opened.set(n, place);
    return place;
  }
}
