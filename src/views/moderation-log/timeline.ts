import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../libs/client/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { commentOfStep, type Written, writtenUnder } from '../thread/door/written-steps.ts';
import { LogPresenter } from './log.queries.ts';
import { GetDiscussionTimeline, type TimelineStep } from './log.query-types.ts';
import { entriesOfPost } from './log.reads.ts';

const NEWEST = 0x7fff_ffff_ffff_ffffn;

/** The texts out of the thread's own steps, all else out of the log, put together by their places in the log of events. */
@QueryHandler(GetDiscussionTimeline)
export class GetDiscussionTimelineHandler implements IQueryHandler<GetDiscussionTimeline> {
  readonly #views: Views;
  readonly #presenter: LogPresenter;
  readonly #members: MemberDirectory;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(LogPresenter) presenter: LogPresenter,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#views = views;
    this.#presenter = presenter;
    this.#members = members;
  }

  async execute({ postId, page: { limit, cursor } }: GetDiscussionTimeline): Promise<Page<TimelineStep>> {
    const place = { before: cursor === null ? NEWEST : readPlace(cursor, postId), limit: limit + 1 };
    const rows = entriesOfPost(this.#views.db('moderation-log'), postId, place);
    const written = writtenUnder(this.#views, postId, place);
    const entries = await this.#presenter.present(rows);
    const steps = [
      ...entries.map((entry) => ({ at: BigInt(entry.position), step: { kind: 'entry', entry } as const })),
      ...(await Promise.all(written.map(async (one) => ({ at: one.position, step: await this.#text(one) })))),
    ];
    steps.sort((a, b) => (a.at < b.at ? 1 : -1));
    const last = steps[limit - 1];
    const next = steps.length > limit && last ? writePlace(last.at, postId) : null;
    return { items: steps.slice(0, limit).map(({ step }) => step), next };
  }

  async #text(written: Written): Promise<TimelineStep> {
    const { position, at, did } = written;
    const { commentId, authorId } = commentOfStep(this.#views, written);
    const author = authorId === null ? null : await this.#members.author(authorId);
    return { kind: 'written', position: `${position}`, at: moment(at), did, commentId, author };
  }
}

function writePlace(position: bigint, list: string): string {
  const content = Buffer.alloc(8);
  content.writeBigInt64BE(position);
  return writeOpaque(content, list);
}

function readPlace(cursor: string, list: string): bigint {
  const content = readOpaque(cursor, list);
  if (content.length !== 8) throw invalidCursor();
  return content.readBigInt64BE();
}
