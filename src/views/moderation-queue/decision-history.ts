import type { Author, FrozenDecision } from '../../../libs/client/index.ts';
import { EVENT_STORE } from '../../../libs/event-store/index.ts';
import { DomainError, isErased, isUuid, trusted } from '../../../libs/kernel/index.ts';
import { renderCommentAside } from '../../../libs/markdown/index.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { NO_LANGUAGE } from '../../../libs/words/index.ts';
import type { Seen } from '../../domain/comment/decision.events.ts';
import { answering, type Parts } from '../answering.ts';
import { idBytes } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { openNewest } from '../newest.ts';
import { type OpenedText, openedText, readability } from '../sealed-text.ts';
import { isOneOf } from '../stored.ts';
import { namedAuthor } from '../thread/door/comment-texts.ts';
import { GetFrozenDecision } from './queue.query-types.ts';
import { decisionById, reportsOn } from './queue.reads.ts';
import { QueuePresenter } from './queue-presenter.ts';

const TEXTS = ['CommentPosted.v1', 'CommentEdited.v1'] as const;
const LANGUAGES = [...TEXTS, 'CommentLanguageSet.v1'] as const;
type Surrounding = FrozenDecision['surroundings'][number];

const NEEDS = {
  views: VIEWS,
  store: EVENT_STORE,
  vault: VAULT,
  members: MemberDirectory,
  presenter: QueuePresenter,
} as const;
type Needed = Parts<typeof NEEDS>;

/** A decision as its moderator saw it: every comment on the screen with its text of that time, from the log. */
export const frozenDecisionQuery = answering(GetFrozenDecision, NEEDS, async ({ decisionId }, parts) => {
  const row = isUuid(decisionId) ? decisionById(parts.views.db('moderation-queue'), decisionId) : undefined;
  if (!row) throw new DomainError('not_found', 'There is no such decision.');
  const seen = seenIn(row.seen);
  const [decision, reports, surroundings] = await Promise.all([
    parts.presenter.decision(row),
    reportsSeen(row.comment, seen, parts),
    Promise.all(seen.surroundings.map((place) => asItWas(place, parts))),
  ]);
  return { ...decision, policyVersion: seen.policyVersion, reports, surroundings };
});

async function reportsSeen(
  comment: Buffer,
  { reports }: Seen,
  { views, presenter }: Pick<Needed, 'views' | 'presenter'>,
): Promise<FrozenDecision['reports']> {
  const rows = reportsOn(views.db('moderation-queue'), comment).filter(({ member, revision }) =>
    reports.some((report) => report.revision === revision && idBytes(report.memberId).equals(member)),
  );
  return (await presenter.reports(rows)).map(({ outcome: _, weight: __, ...report }) => report);
}

/** The newest text up to that revision, in the language that was recorded of it then. */
async function asItWas(
  { commentId, revision }: Seen['surroundings'][number],
  { store, vault, members }: Pick<Needed, 'store' | 'vault' | 'members'>,
): Promise<Surrounding> {
  let author: Author | null = null;
  let body: OpenedText = { text: null };
  let language: string | undefined;
  for await (const stored of store.readStream(`comment-${commentId}`)) {
    if (stored.revision > BigInt(revision)) break;
    const { event, personal } = await openNewest(stored, vault);
    if (isOneOf(event, LANGUAGES)) ({ language } = event.data);
    if (!isOneOf(event, TEXTS)) continue;
    const opened = personal === null || isErased(personal) ? null : personal;
    body = openedText(personal, 'body');
    if (event.type === 'CommentPosted.v1') {
      const { authorId } = event.data;
      author = authorId === null ? opened && namedAuthor(opened) : await members.author(authorId);
    }
  }
  const { text } = body;
  const bodyHtml = text === null ? null : await renderCommentAside(text);
  const told = text === null || language === undefined || language === NO_LANGUAGE ? {} : { language };
  return { commentId, revision, author, body: text, bodyHtml, ...told, ...readability(body) };
}

/** Parses what the decider wrote. */
function seenIn(json: string): Seen {
  return trusted<Seen>(JSON.parse(json));
}
