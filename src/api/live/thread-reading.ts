import type { QueryBus } from '@nestjs/cqrs';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { Views } from '../../../libs/projections/index.ts';
import { GetThreadChanges } from '../../views/thread/thread.query-types.ts';
import type { Viewer } from '../../views/viewer.ts';
import type { NextChanges } from './thread-room.ts';

/** A question about a thread: its changes after a position, up to another or to now, counted for a viewer. */
export interface ChangeSpan {
  readonly after: bigint;
  readonly until?: bigint | undefined;
  readonly viewer?: Viewer;
}

/** Changes with the number of further items that the viewer sees beyond readers without an account. */
export type CountedSteps = NextChanges & { readonly hidden: number };

/** Reads threads for those who follow them; equal questions at the same time share one answer. */
export class ThreadReading {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #views: Pick<Views, 'position'>;
  readonly #underWay = new Map<string, Promise<CountedSteps>>();

  constructor(queries: Pick<QueryBus, 'execute'>, views: Pick<Views, 'position'>) {
    this.#queries = queries;
    this.#views = views;
  }

  /** Throws DomainError post_not_found. */
  read(postId: string, { after, until, viewer = null }: ChangeSpan): Promise<CountedSteps> {
    const key = `${postId} ${after} ${until ?? ''} ${viewer === null ? '' : `${viewer.memberId} ${viewer.roles}`}`;
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const reading = this.#queries
      .execute(new GetThreadChanges(postId, after, until, viewer))
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, reading);
    return reading;
  }

  /**
   * For the readers of a room. A post that is no longer published becomes a thread to read anew, which then tells that
   * it is gone.
   */
  readOn(postId: string, after: bigint): Promise<NextChanges> {
    return this.read(postId, { after }).catch((failure: unknown) => {
      if (!(failure instanceof DomainError)) throw failure;
      const position = this.#views.position();
      return { position, changes: [], bytes: 0, reload: true, isGone: true, total: 0, hidden: 0, visible: 0 };
    });
  }
}
