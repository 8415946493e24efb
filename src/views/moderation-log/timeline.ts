import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { commentOfStep, type WrittenStep, writtenUnder } from '../thread/door/written-steps.ts';
import { LogPresenter } from './log.queries.ts';
import { GetDiscussionTimeline, type TimelineStep } from './log.query-types.ts';
import { entriesOfPost } from './log.reads.ts';

const NEWEST = 0x7fff_ffff_ffff_ffffn;

/**
 * The texts come from the thread's own steps, everything else from the log view; both are merged by their positions.
 */
export const discussionTimelineQuery = answering(
  GetDiscussionTimeline,
  { views: VIEWS, presenter: LogPresenter, members: MemberDirectory },
  async ({ postId, page: { limit, cursor } }, { views, presenter, members }) => {
    const place = { before: cursor === null ? NEWEST : readNumberCursor(cursor, postId), limit: limit + 1 };
    const rows = entriesOfPost(views.db('moderation-log'), postId, place);
    const written = writtenUnder(views, postId, place);
    const entries = await presenter.present(rows);
    const texts = written.map(async (one) => ({ at: one.position, step: await writtenStep(one, views, members) }));
    const steps = [
      ...entries.map((entry) => ({ at: BigInt(entry.position), step: { kind: 'entry', entry } as const })),
      ...(await Promise.all(texts)),
    ];
    steps.sort((a, b) => (a.at < b.at ? 1 : -1));
    const last = steps[limit - 1];
    const next = steps.length > limit && last ? writeNumberCursor(last.at, postId) : null;
    return { items: steps.slice(0, limit).map(({ step }) => step), next };
  },
);

async function writtenStep(written: WrittenStep, views: Views, members: MemberDirectory): Promise<TimelineStep> {
  const { position, at, did } = written;
  const { commentId, authorId } = commentOfStep(views, written);
  const author = authorId === null ? null : await members.author(authorId);
  return { kind: 'written', position: `${position}`, at: moment(at), did, commentId, author };
}
