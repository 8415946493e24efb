import type { DiffPart, MemberAuthor } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { isUuid, Slices } from '../../../libs/kernel/index.ts';
import { answering } from '../answering.ts';
import { diffKey, KeptDiffs } from '../kept-diffs.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { isOneOf } from '../stored.ts';
import { GetPostRevisions, type PostRevision, type RevisedText } from './post-revisions.query-types.ts';

interface Step {
  readonly event: RecordedEvent;
  readonly text: RevisedText;
  readonly before: Step | null;
}

/** Only the page's texts are held, however many there are: a post may be changed without end. */
export const postRevisionsQuery = answering(
  GetPostRevisions,
  { store: EVENT_STORE, members: MemberDirectory, diffs: KeptDiffs },
  async ({ postId, page: { before, limit } }, { store, members, diffs }) => {
    let newest: Step[] = [];
    for await (const step of stepsOf(postId, store)) {
      if (before !== null && Number(step.event.revision) >= before) break;
      newest = [...newest.slice(-limit), step];
    }
    const shown = newest.slice(-limit).toReversed();
    const items: PostRevision[] = [];
    for (const step of shown) items.push(await told(step, postId, { members, diffs }));
    return { items, next: newest.length > limit ? (items.at(-1)?.revision ?? null) : null };
  },
);

async function* stepsOf(postId: string, store: EventStore): AsyncIterable<Step> {
  const slices = new Slices();
  let last: Step | null = null;
  for await (const event of store.readStream(`post-${postId}`)) {
    await slices.pause();
    const text: RevisedText | null = textAfter(last?.text ?? null, event);
    if (text === null) continue;
    // The text before the one before is of no use any more.
    const former: Step | null = last;
    last = { event, text, before: withoutBefore(former) };
    yield last;
  }
}

function withoutBefore(step: Step | null): Step | null {
  return step === null ? null : { event: step.event, text: step.text, before: null };
}

/** Null for what changes neither text nor name. */
function textAfter(text: RevisedText | null, event: RecordedEvent): RevisedText | null {
  if (!isOneOf(event, ['PostPublished.v1', 'PostEdited.v1'])) return null;
  if (event.type === 'PostPublished.v1') return textIn(event.data);
  if (text === null) return null;
  const { title = text.title, body = text.body, excerpt = text.excerpt } = event.data;
  const { tags = text.tags, locale = text.locale, slug = text.slug } = event.data;
  const now = { title, body, excerpt, tags, locale, slug };
  return JSON.stringify(now) === JSON.stringify(text) ? null : now;
}

function textIn({ title, body, excerpt, tags, locale, slug }: RevisedText): RevisedText {
  return { title, body, excerpt, tags, locale, slug };
}

async function told(
  { event, text, before }: Step,
  postId: string,
  { members, diffs }: { readonly members: MemberDirectory; readonly diffs: KeptDiffs },
): Promise<PostRevision> {
  const key = before && diffKey(postId, before.event.position, event.position);
  const diff: readonly DiffPart[] | null =
    before && key !== null ? await diffs.of(key, before.text.body, text.body) : null;
  const by: MemberAuthor | null = isUuid(event.actor) ? await members.author(event.actor) : null;
  return { ...text, revision: Number(event.revision), at: event.occurredAt, by, before: before?.text ?? null, diff };
}
