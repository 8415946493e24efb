import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import type { Page } from '../../../libs/client/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { kindOfCode, type PackedSteps, rowsOf, STEP_KIND, type Step, unpackSteps } from '../thread/thread-steps.ts';
import { LogPresenter } from './log.queries.ts';
import { GetDiscussionTimeline, type TimelineStep } from './log.query-types.ts';
import { entriesOfPost } from './log.reads.ts';

interface Written {
  readonly position: bigint;
  readonly comment: bigint;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly did: 'posted' | 'edited';
}
/** The newest steps before a position, so many at most. */
interface Before {
  readonly before: bigint;
  readonly limit: number;
}

const NEWEST = 0x7fff_ffff_ffff_ffffn;

const postById = statement<{ n: number }>('SELECT n FROM post WHERE id = ?');
const stepRows = statement<PackedSteps>('SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n DESC');
const commentBy = statement<{ id: Buffer; author: Buffer | null }>(`
  SELECT c.id, a.id AS author FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.n = ?`);

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
    const written = textsOf(this.#views.db('thread'), postId, place);
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

  async #text({ position, comment, at, did }: Written): Promise<TimelineStep> {
    const row = commentBy(this.#views.db('thread')).get(comment);
    if (!row) throw new Error(`the thread has a step of comment ${comment}, and no such comment`);
    const author = row.author && (await this.#members.author(idText(row.author)));
    return { kind: 'written', position: `${position}`, at: moment(at), did, commentId: idText(row.id), author };
  }
}

/** Newest first. Only as many rows are read as the page needs. */
function textsOf(thread: Database, postId: string, { before, limit }: Before): readonly Written[] {
  const found: Written[] = [];
  const post = postById(thread).get(idBytes(postId));
  for (const row of post ? stepRows(thread).iterate(...rowsOf(post.n)) : []) {
    for (const step of unpackSteps(row).toReversed()) {
      const written = writtenAt(step);
      if (written !== null && written.position < before) found.push(written);
      if (found.length === limit) return found;
    }
  }
  return found;
}

/** Null for a step that wrote no text. */
function writtenAt({ position, comment, at, code }: Step): Written | null {
  const kind = kindOfCode(code);
  if (kind !== STEP_KIND.posted && kind !== STEP_KIND.edited) return null;
  return { position, comment, at, did: kind === STEP_KIND.posted ? 'posted' : 'edited' };
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
