import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { authorsShown, pastShown, postShown } from '../../shown.ts';
import { type Made, UntilChanged } from '../../until-changed.ts';
import { type PastQuery, ThreadHistory } from './history.ts';
import type { Unseen } from './past.query-types.ts';
import { momentKey } from './past.query-types.ts';

const MOST_BYTES = 16 * 1024 * 1024;

interface EncodedPast extends Unseen {
  readonly json: Buffer;
  readonly position: bigint;
}

/**
 * Pages of the past as bytes, kept for readers without special rights until their thread changes in a way that may hide or
 * name something there: new comments and reactions leave a position before them as it was.
 */
@Injectable()
export class EncodedPasts implements OnModuleDestroy {
  readonly #past: ThreadHistory;
  readonly #kept: UntilChanged<EncodedPast>;

  constructor(@Inject(VIEWS) views: Views, @Inject(ThreadHistory) past: ThreadHistory) {
    this.#past = past;
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ json }) => json.length });
  }

  async page(query: PastQuery): Promise<EncodedPast> {
    if (!(await this.#past.isPlainReader(query.postId, query.viewer))) return (await this.#read(query)).value;
    const { sort, limit, cursor, moment } = query.options;
    const key = `${query.postId} ${momentKey(moment)} ${sort} ${limit} ${cursor ?? ''}`;
    return this.#kept.standing(key) ?? this.#kept.make(key, () => this.#read({ ...query, viewer: null }));
  }

  /** As UntilChanged has it. */
  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }

  async #read(query: PastQuery): Promise<Made<EncodedPast>> {
    const { page, unseen } = await this.#past.page(query);
    const value = { json: Buffer.from(JSON.stringify(page)), position: BigInt(page.position), unseen };
    // What had happened by some time may still be added to, by a comment of the same moment.
    const thread = query.options.moment.by === 'position' ? pastShown(query.postId) : postShown(query.postId);
    return { value, shows: [thread, ...authorsShown(page.items)] };
  }
}
