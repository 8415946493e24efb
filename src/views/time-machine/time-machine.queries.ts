import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { ThreadActivity } from '../../../libs/client/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { EncodedPasts } from './encoded-past.ts';
import { type KeptLife, KeptLives } from './kept-lives.ts';
import { type Looker, lookerOf } from './past-sight.ts';
import { activityOf } from './thread-activity.ts';
import { ThreadHistory } from './thread-history.ts';
import type { ThreadLife } from './thread-life.ts';
import {
  GetEncodedThreadAt,
  GetThreadActivity,
  GetThreadAt,
  type PastAnswer,
  type Unseen,
} from './time-machine.query-types.ts';

@QueryHandler(GetThreadAt)
export class GetThreadAtHandler implements IQueryHandler<GetThreadAt> {
  readonly #past: ThreadHistory;

  constructor(@Inject(ThreadHistory) past: ThreadHistory) {
    this.#past = past;
  }

  execute(query: GetThreadAt): Promise<PastAnswer> {
    return this.#past.page(query);
  }
}

@QueryHandler(GetEncodedThreadAt)
export class GetEncodedThreadAtHandler implements IQueryHandler<GetEncodedThreadAt> {
  readonly #encoded: EncodedPasts;

  constructor(@Inject(EncodedPasts) encoded: EncodedPasts) {
    this.#encoded = encoded;
  }

  execute(query: GetEncodedThreadAt): Promise<{ readonly json: Buffer; readonly position: bigint } & Unseen> {
    return this.#encoded.page(query);
  }
}

@QueryHandler(GetThreadActivity)
export class GetThreadActivityHandler implements IQueryHandler<GetThreadActivity> {
  readonly #lives: KeptLives;
  /** Told with every look at a post: worked out once for each life, for readers and for those who see all. */
  readonly #told = new WeakMap<ThreadLife, Map<boolean, Omit<ThreadActivity, 'position'>>>();

  constructor(@Inject(KeptLives) lives: KeptLives) {
    this.#lives = lives;
  }

  async execute({ postId, viewer }: GetThreadActivity): Promise<ThreadActivity> {
    const kept = await this.#lives.of(postId, viewer);
    return { position: formatPosition(kept.position), ...this.#activity(kept, lookerOf(viewer)) };
  }

  #activity(kept: KeptLife, looker: Looker): Omit<ThreadActivity, 'position'> {
    const known = this.#told.get(kept.life) ?? new Map<boolean, Omit<ThreadActivity, 'position'>>();
    this.#told.set(kept.life, known);
    const seesAll = looker.sees === 'all';
    const activity = known.get(seesAll) ?? activityOf(kept, looker);
    known.set(seesAll, activity);
    return activity;
  }
}
