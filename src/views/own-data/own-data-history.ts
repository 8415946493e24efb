import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { IMAGE_FILES, type ImageFiles, openFile } from '../../../libs/images/index.ts';
import { imagePath, isErased, isRecord } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { answering } from '../answering.ts';
import { mailsToMember } from '../mails/door/mails-to.ts';
import { reportIdsBy } from '../moderation-queue/door/reports-of.ts';
import { openNewest } from '../newest.ts';
import { titleOf } from '../post-list/door/titles.ts';
import { openedTextIn } from '../rows.ts';
import { draftKeysOf } from '../shelf/door/draft-keys.ts';
import { isOneOf } from '../stored.ts';
import { allWrittenBy, reactionsBy } from '../thread/door/comment-writers.ts';
import { translationReportsBy } from '../translation-reports/door/report-streams.ts';
import { translationKeysBy } from '../translations/door/translation-keys.ts';
import { ownComment } from './own-comment.ts';
import { OpenOwnData, type OwnData, type OwnImage, type OwnSection } from './own-data.query-types.ts';
import { ownInbox, ownNotifications } from './own-inbox.ts';
import { ownReaction } from './own-reaction.ts';

interface Sources {
  readonly views: Views;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly files: ImageFiles;
}

type Entry = Readonly<Record<string, unknown>>;

/** What signs the member in: whoever gets hold of the file must not. */
const SECRETS: ReadonlySet<string> = new Set([
  'passwordHash',
  'secret',
  'hash',
  'hashes',
  'publicKey',
  'credentialId',
  'fileKey',
  'auth',
]);
const IMAGES = { types: ['ImageStored.v1'], streamPrefixes: ['image-'] };
const POST_DRAFTS = { types: ['PostDraftKept.v1'], streamPrefixes: ['post-draft-'] };
const LINKS = { types: ['LinkRequested.v1'], streamPrefixes: ['link-'] };
const POSTS = { types: ['PostPublished.v1', 'PostEdited.v1'], streamPrefixes: ['post-'] };

export const ownDataQuery = answering(
  OpenOwnData,
  { views: VIEWS, store: EVENT_STORE, vault: VAULT, files: IMAGE_FILES },
  ({ memberId, subscriberId }, sources): OwnData => ({
    sections: sectionsOf({ memberId, subscriberId }, sources),
    images: () => imagesOf(memberId, sources),
  }),
);

function sectionsOf(
  { memberId, subscriberId }: Pick<OpenOwnData, 'memberId' | 'subscriberId'>,
  sources: Sources,
): readonly OwnSection[] {
  const { views, store } = sources;
  const each = <Item>(items: () => readonly Item[], entryOf: (item: Item) => Promise<Entry> | Entry) =>
    async function* entries(): AsyncIterable<Entry> {
      for (const item of items()) yield entryOf(item);
    };
  return [
    { name: 'account', entries: () => opened(store.readStream(`member-${memberId}`), sources) },
    {
      name: 'comments',
      entries: each(
        () => allWrittenBy(views, memberId),
        (commentId) => ownComment(commentId, sources),
      ),
    },
    {
      name: 'reactions',
      entries: each(
        () => reactionsBy(views, memberId),
        (reaction) => ownReaction(reaction, { ...sources, memberId }),
      ),
    },
    { name: 'reports', entries: () => reportsOf(memberId, sources) },
    { name: 'sanctions', entries: () => sanctionsOf(memberId, sources) },
    {
      name: 'inbox',
      entries: () => ownInbox(opened(store.readStream(`inbox-${memberId}`), sources), { views, memberId }),
    },
    { name: 'notifications', entries: () => ownNotifications({ views, memberId }) },
    {
      name: 'newsletter',
      entries: () => opened(store.readStream(`subscriber-${subscriberId ?? 'nobody'}`), sources),
    },
    { name: 'subscriptions', entries: () => opened(store.readStream(`subscriptions-${memberId}`), sources) },
    { name: 'drafts', entries: () => draftsOf(memberId, sources) },
    { name: 'translations', entries: () => ownTranslations(memberId, sources) },
    { name: 'bookmarks', entries: () => opened(store.readStream(`bookmarks-${memberId}`), sources) },
    { name: 'visits', entries: () => opened(store.readStream(`visits-${memberId}`), sources) },
    { name: 'mails', entries: () => mailsOf(memberId, sources) },
    { name: 'posts', entries: () => postsOf(memberId, sources) },
    { name: 'images', entries: () => opened(ownImages(memberId, store), sources) },
  ];
}

async function* opened(events: AsyncIterable<RecordedEvent>, { vault }: Pick<Sources, 'vault'>): AsyncIterable<Entry> {
  for await (const stored of events) yield entryOf(await openNewest(stored, vault));
}

function entryOf({ event, personal }: { readonly event: RecordedEvent; readonly personal: object | null }): Entry {
  const words = personal === null || isErased(personal) ? {} : personal;
  const fields = { ...(isRecord(event.data) ? event.data : {}), ...words };
  const told = Object.entries(fields).filter(([name]) => !SECRETS.has(name));
  return { at: event.occurredAt, what: event.type, ...Object.fromEntries(told) };
}

async function* reportsOf(memberId: string, sources: Sources): AsyncIterable<Entry> {
  for (const { commentId } of reportIdsBy(sources.views, memberId)) {
    yield* opened(sources.store.readStream(`report-${commentId}-${memberId}`), sources);
  }
  for (const stream of translationReportsBy(sources.views, memberId)) {
    yield* opened(sources.store.readStream(stream), sources);
  }
}

/** Every text, with the title of the post; what was translated is of somebody else. */
async function* ownTranslations(memberId: string, sources: Sources): AsyncIterable<Entry> {
  for (const id of translationKeysBy(sources.views, memberId)) {
    for await (const entry of opened(sources.store.readStream(`translation-${id}`), sources)) {
      const { memberId: _member, postId, ...told } = entry;
      const post = typeof postId === 'string' ? titleOf(sources.views, postId) : null;
      yield { ...told, postId, post: post?.title ?? null };
    }
  }
}

/** What moderators noted among themselves is theirs. */
async function* sanctionsOf(memberId: string, sources: Sources): AsyncIterable<Entry> {
  for await (const entry of opened(sources.store.readStream(`sanction-${memberId}`), sources)) {
    if (entry['what'] === 'MemberNoted.v1') continue;
    const { note: _, ...told } = entry;
    yield told;
  }
}

/** Every text that was kept of them, with the names of the posts; of one that was thrown away nothing is left. */
async function* draftsOf(memberId: string, sources: Sources): AsyncIterable<Entry> {
  for (const draftId of draftKeysOf(sources.views, memberId)) {
    for await (const entry of opened(sources.store.readStream(`draft-${draftId}`), sources)) {
      const { draftId: _draft, placeId: _place, postId, ...told } = entry;
      const post = typeof postId === 'string' ? titleOf(sources.views, postId) : null;
      yield { ...told, ...(postId !== undefined && { postId, post: post?.title ?? null }) };
    }
  }
  yield* postDraftsOf(memberId, sources);
}

/** Those texts of unpublished posts that the member wrote, whoever began the post; what others made of them is theirs. */
async function* postDraftsOf(memberId: string, { store, vault }: Sources): AsyncIterable<Entry> {
  for await (const stored of store.readAll({ filter: POST_DRAFTS })) {
    if (stored.actor !== memberId) continue;
    const { event, personal } = await openNewest(stored, vault);
    if (personal === null || isErased(personal)) continue;
    const { draftId: _draft, memberId: _member, title, ...told } = entryOf({ event, personal });
    yield { ...told, post: title ?? null };
  }
}

/** A mail with a link is kept under the link, which names its member. */
async function* mailsOf(memberId: string, { views, store, vault }: Sources): AsyncIterable<Entry> {
  const receivers = [memberId];
  for await (const stored of store.readAll({ filter: LINKS })) {
    const { event, personal } = await openNewest(stored, vault);
    if (!isOneOf(event, ['LinkRequested.v1']) || personal === null || isErased(personal)) continue;
    if (openedTextIn(personal, 'memberId') === memberId) receivers.push(event.data.linkId);
  }
  yield* mailsToMember(views, receivers);
}

async function* postsOf(memberId: string, sources: Sources): AsyncIterable<Entry> {
  const own = new Set<string>();
  for await (const stored of sources.store.readAll({ filter: POSTS })) {
    const { event } = await openNewest(stored, sources.vault);
    if (isOneOf(event, ['PostPublished.v1']) && event.data.authorId === memberId) own.add(event.data.postId);
    if (isOneOf(event, ['PostPublished.v1', 'PostEdited.v1']) && own.has(event.data.postId)) {
      yield entryOf({ event, personal: null });
    }
  }
}

async function* ownImages(memberId: string, store: EventStore): AsyncIterable<RecordedEvent> {
  for await (const event of store.readAll({ filter: IMAGES })) {
    if (isOneOf(event, ['ImageStored.v1']) && event.data.ownerId === memberId) yield event;
  }
}

async function* imagesOf(memberId: string, sources: Sources): AsyncIterable<OwnImage> {
  for await (const event of ownImages(memberId, sources.store)) {
    if (!isOneOf(event, ['ImageStored.v1'])) continue;
    const { imageId, files } = event.data;
    const largest = files.filter(({ format }) => format !== 'avif').toSorted((a, b) => b.width - a.width)[0];
    if (largest === undefined) continue;
    const { width, format, sha256 } = largest;
    const path = imagePath({ imageId, format, width });
    yield { name: `${imageId}.${format}`, read: () => readImage(event, { sha256, path }, sources) };
  }
}

async function readImage(
  event: RecordedEvent,
  { sha256, path }: { readonly sha256: string; readonly path: string },
  { vault, files }: Sources,
): Promise<Uint8Array> {
  const personal = event.sealed && (await vault.open(event.sealed, event));
  const key = personal === null || isErased(personal) ? null : openedTextIn(personal, 'fileKey');
  const sealed = await files.read(sha256);
  if (key === null || sealed === undefined) return Buffer.of();
  return openFile(sealed, { key: Buffer.from(key, 'base64url'), path });
}
