import type { Author, Revision } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { isErased, isUnreadable } from '../../../libs/kernel/index.ts';
import { reading, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { type CommentStatus, NO_LANGUAGE } from '../../../libs/words/index.ts';
import { standingAfter } from '../../domain/comment/comment.events.ts';
import { answering } from '../answering.ts';
import { diffKey, KeptDiffs } from '../kept-diffs.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { newest, openNewest } from '../newest.ts';
import { openedTextIn } from '../rows.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { namedAuthor } from './door/comment-texts.ts';
import { markSteps } from './mark-steps.ts';
import { GetCommentHistory } from './thread.query-types.ts';
import { type TextSight, textSight } from './withheld-texts.ts';

const EVENT_TYPES = [
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
] as const;
type CommentStep = StoredOf<(typeof EVENT_TYPES)[number]>;

/** Null for a step that changes nothing for readers; moderators are told of it elsewhere. */
function kindOf(event: CommentStep): Revision['kind'] | null {
  if (event.type === 'CommentPosted.v1') return 'posted';
  if (event.type === 'CommentEdited.v1') return 'edited';
  if (event.type === 'CommentDecided.v1' && event.data.from === event.data.to) return null;
  return kindBecoming(standingAfter(event)?.status ?? null);
}

function kindBecoming(status: CommentStatus | null): Revision['kind'] | null {
  switch (status) {
    case 'visible':
      return 'restored';
    case 'held':
    case 'rejected':
    case 'removed':
      return status;
    case 'erased':
    case null:
      return null;
    default:
      return status satisfies never;
  }
}

function isText({ type }: CommentStep): boolean {
  return type === 'CommentPosted.v1' || type === 'CommentEdited.v1';
}

interface HistoryStep {
  readonly stored: RecordedEvent;
  readonly event: CommentStep;
  readonly kind: Revision['kind'];
  readonly revision: number;
}

interface HistoryText {
  /** Null when its key was destroyed. */
  readonly personal: object | null;
  /** Null also when the viewer may not read it. */
  readonly body: string | null;
  readonly unreadable: boolean;
}

/**
 * A comment's revisions from the log, for everybody while it is visible, and for moderators always. A text that is
 * withheld from this viewer (public-texts.ts) has its revision without the words, and so does the difference to the
 * next one. Marks stand behind the step that they follow, on its page and with its revision. Throws DomainError
 * `comment_not_found`, also for viewers who may not see the comment.
 */
export const commentHistoryQuery = answering(
  GetCommentHistory,
  { store: EVENT_STORE, vault: VAULT, views: VIEWS, members: MemberDirectory, diffs: KeptDiffs },
  async ({ commentId, viewer, page: { after, limit } }, { store, vault, views, members, diffs }) => {
    const sight = reading(views.db('thread'), (db) => textSight(db, commentId, viewer));
    const steps = await stepsOf(store, commentId);
    const from = steps.filter(({ revision }) => revision <= after).length;
    const listed = steps.slice(from, from + limit);
    const before = steps.slice(0, from).findLast(({ event }) => isText(event));
    const texts = await textsOf(before ? [before, ...listed] : listed, sight, vault);
    const marks = await marksAmong(listed, { before: steps[from + limit], viewer, store, members });
    const revisions: Revision[] = [];
    let former = before;
    for (const [at, step] of listed.entries()) {
      const text = texts.get(step);
      const pair = former && pairOf(commentId, [former, step], texts);
      const diff = pair ? await diffs.of(...pair) : null;
      const by = await authorOf(step.event, { personal: text?.personal ?? null, viewer, members });
      revisions.push(told(step, text, { by, diff }), ...(marks[at] ?? []));
      if (text) former = step;
    }
    return {
      revisions,
      next: from + limit < steps.length ? (listed.at(-1)?.revision ?? null) : null,
      textsBefore: steps.slice(0, from).filter(({ event }) => isText(event)).length,
      unseen: listed.flatMap((step) =>
        typeof texts.get(step)?.body === 'string' && sight.isUnseen(step.event.position) ? [step.revision] : [],
      ),
    };
  },
);

function told(
  { revision, kind, event }: HistoryStep,
  text: HistoryText | undefined,
  { by, diff }: Pick<Revision, 'by' | 'diff'>,
): Revision {
  const unreadable = text?.unreadable ? { unreadable: true as const } : {};
  const staff = isByStaff(event) ? { byStaff: true as const } : {};
  const body = text?.body ?? null;
  const language = body === null ? {} : languageOf(event);
  return { revision, kind, at: event.occurredAt, by, body, diff, ...language, ...staff, ...unreadable };
}

function languageOf({ type, data }: CommentStep): Pick<Revision, 'language'> {
  const told = type === 'CommentPosted.v1' || type === 'CommentEdited.v1' ? data.language : undefined;
  return told === undefined || told === NO_LANGUAGE ? {} : { language: told };
}

function isByStaff(event: CommentStep): boolean {
  if (event.type === 'CommentRemoved.v1') return event.data.by === 'moderator';
  return event.type === 'CommentRestored.v1' || event.type === 'CommentDecided.v1';
}

/** The marks that follow each of these steps, up to the next one of the comment. */
async function marksAmong(
  listed: readonly HistoryStep[],
  {
    before,
    viewer,
    ...parts
  }: {
    readonly before: HistoryStep | undefined;
    readonly viewer: Viewer;
    readonly store: EventStore;
    readonly members: MemberDirectory;
  },
): Promise<readonly (readonly Revision[])[]> {
  const [first] = listed;
  if (first === undefined) return [];
  const { commentId, postId } = first.event.data;
  const span = { commentId, postId, after: first.event.position, before: before?.event.position ?? null };
  const marks = await markSteps(span, viewer, parts);
  return listed.map(({ revision, event }, at) => {
    const end = listed[at + 1]?.event.position ?? null;
    const own = marks.filter(({ position }) => position > event.position && (end === null || position < end));
    return own.map(({ step }) => ({ revision, ...step }));
  });
}

/** The steps that readers see, still sealed. */
async function stepsOf(store: EventStore, commentId: string): Promise<readonly HistoryStep[]> {
  const steps: HistoryStep[] = [];
  for await (const stored of store.readStream(`comment-${commentId}`)) {
    const event = newest(stored);
    const kind = isOneOf(event, EVENT_TYPES) ? kindOf(event) : null;
    if (kind !== null && isOneOf(event, EVENT_TYPES)) {
      steps.push({ stored, event, kind, revision: Number(event.revision) });
    }
  }
  return steps;
}

/** The texts of the steps that have one. */
async function textsOf(
  steps: readonly HistoryStep[],
  sight: TextSight,
  vault: Vault,
): Promise<ReadonlyMap<HistoryStep, HistoryText>> {
  const texts = new Map<HistoryStep, HistoryText>();
  for (const step of steps.filter(({ event }) => isText(event))) {
    const { personal: opened } = await openNewest(step.stored, vault);
    const personal = isErased(opened) ? null : opened;
    const isForViewer = sight.isReadable(step.event.position);
    const body = isForViewer && personal !== null ? openedTextIn(personal, 'body') : null;
    texts.set(step, { personal, body, unreadable: isForViewer && isUnreadable(opened) });
  }
  return texts;
}

/** The two texts that are compared, with their key; null where one of them may not be read. */
function pairOf(
  commentId: string,
  [before, after]: readonly [HistoryStep, HistoryStep],
  texts: ReadonlyMap<HistoryStep, HistoryText>,
): Parameters<KeptDiffs['of']> | null {
  const [from, to] = [texts.get(before)?.body ?? null, texts.get(after)?.body ?? null];
  if (from === null || to === null) return null;
  return [diffKey(commentId, before.event.position, after.event.position), from, to];
}

/** Only moderators are told who moderated. */
async function authorOf(
  event: CommentStep,
  { personal, viewer, members }: { personal: object | null; viewer: Viewer; members: MemberDirectory },
): Promise<Author | null> {
  switch (event.type) {
    case 'CommentPosted.v1':
      if (event.data.authorId !== null) return members.author(event.data.authorId);
      return personal && namedAuthor(personal);
    case 'CommentEdited.v1':
      return members.author(event.actor);
    case 'CommentRemoved.v1':
      return event.data.by === 'author' || seesHidden(viewer) ? members.author(event.actor) : null;
    case 'CommentHeld.v2':
    case 'CommentRestored.v1':
    case 'CommentDecided.v1':
      return seesHidden(viewer) ? members.author(event.actor) : null;
    case 'CommentJudged.v1':
    case 'CommentErased.v1':
      return null;
    default:
      return event satisfies never;
  }
}
