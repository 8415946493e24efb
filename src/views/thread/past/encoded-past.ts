import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type Projected, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { isMemberProjected } from '../../members/members.query-types.ts';
import { isThreadProjected } from '../thread.query-types.ts';
import { type PastQuery, ThreadHistory } from './history.ts';
import type { Unseen } from './past.query-types.ts';
import { momentKey } from './past.query-types.ts';

const MOST_BYTES = 16 * 1024 * 1024;

interface EncodedPast extends Unseen {
  readonly json: Buffer;
  readonly position: bigint;
}

/** Pages of the past as bytes, kept for all plain readers until something of their thread changes, which may hide it. */
@Injectable()
export class EncodedPasts implements OnModuleDestroy {
  readonly #past: ThreadHistory;
  readonly #kept = new LRUCache<string, EncodedPast>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ json }) => json.length + 500,
  });
  /** Rises with each change: a page that was read before the last one is not kept. */
  #changes = 0;
  readonly #stop: () => void;

  constructor(@Inject(VIEWS) views: Views, @Inject(ThreadHistory) past: ThreadHistory) {
    this.#past = past;
    this.#stop = views.onProjected((projected) => this.#forget(projected));
  }

  async page(query: PastQuery): Promise<EncodedPast> {
    if (!(await this.#past.isPlainReader(query.postId, query.viewer))) return this.#read(query);
    const { sort, limit, cursor, moment } = query.options;
    const key = `${query.postId} ${momentKey(moment)} ${sort} ${limit} ${cursor ?? ''}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const changes = this.#changes;
    const read = await this.#read({ ...query, viewer: null });
    if (changes === this.#changes) this.#kept.set(key, read);
    return read;
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  async #read(query: PastQuery): Promise<EncodedPast> {
    const { page, unseen } = await this.#past.page(query);
    return { json: Buffer.from(JSON.stringify(page)), position: BigInt(page.position), unseen };
  }

  #forget(projected: readonly Projected[]): void {
    for (const { view, changes, renewed } of projected) {
      const posts = view === 'thread' ? changes.filter(isThreadProjected).map(({ postId }) => postId) : [];
      const renames =
        view === 'members' && changes.some((change) => isMemberProjected(change) && change.endedSessionId === null);
      if (renewed !== true && !renames && posts.length === 0) continue;
      this.#changes += 1;
      if (renewed === true || renames) this.#kept.clear();
      else for (const key of this.#kept.keys()) if (posts.some((id) => key.startsWith(id))) this.#kept.delete(key);
    }
  }
}
