import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type EventStore, type NewEvent, openSqliteEventStore } from '../../libs/event-store/index.ts';
import type { Json } from '../../libs/kernel/index.ts';
import { type DataKey, openSqliteVault, type Vault } from '../../libs/vault/index.ts';
import { type MailWay, USUAL_WAYS } from '../../libs/words/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import type { PushAddress } from '../../src/domain/push/subscription.events.ts';
import { newId } from './sample.ts';

const GROUP = 256;
const SESSION_MS = 86_400_000;

interface Writing {
  readonly store: EventStore;
  readonly vault: Vault;
}

type Stored = ForumEvent['type'];
type DataOf<Type extends Stored> = Extract<ForumEvent, { type: Type }>['data'];

/** What is appended to a stream that nobody has written to yet. */
interface Appended {
  readonly stream: string;
  readonly events: readonly NewEvent[];
}

interface Followers {
  readonly count: number;
  readonly postId: string;
  /** How they are told about the discussion beside their inbox. */
  readonly way: MailWay | 'push';
  /** Where each is told by push. */
  readonly addressOf?: (at: number) => PushAddress;
}

/**
 * Writes members with confirmed addresses who follow a discussion and want to be told about it, as commands would, into a
 * forum that rests. Nobody can sign in to them: that would cost a hashed password each.
 */
export function writeFollowers(dataDir: string, { count, postId, way, addressOf }: Followers): Promise<void> {
  return writeAll(dataDir, count, async (at, writing) => {
    const memberId = newId();
    const key = await writing.vault.takeKey();
    const handle = `follower-${at}`;
    const who = { memberId, handle, locale: 'en', roles: ['member'] as const, emailReserved: true };
    const member = `member-${memberId}`;
    const inbox = `inbox-${memberId}`;
    const registered = { ...who, membership: 'active' as const, invitationId: null };
    const chosen = { memberId, ways: { ...USUAL_WAYS, followed: ['inbox' as const, way] }, followOwn: true };
    const named = { displayName: `Follower ${at}`, email: `${handle}@example.org`, passwordHash: null };
    const times = { quietHours: null, timeZone: null };
    const device = addressOf === undefined ? null : await deviceEvents(memberId, addressOf(at), { key, writing });
    return [
      {
        stream: member,
        events: [
          await event('MemberRegistered.v2', registered, { key, stream: member, personal: named, ...writing }),
          await event('EmailConfirmed.v1', { memberId }),
          ...(device === null ? [] : [device.session]),
        ],
      },
      {
        stream: inbox,
        events: [
          await event('NotificationsChosen.v1', chosen, { key, stream: inbox, personal: times, ...writing }),
          await event('DiscussionFollowed.v1', { memberId, postId }),
        ],
      },
      ...(device === null ? [] : [device.subscribed]),
    ];
  });
}

/** Writes readers of the newsletter who have confirmed it, as commands would, into a forum that rests. */
export function writeReaders(dataDir: string, count: number): Promise<void> {
  return writeAll(dataDir, count, async (at, writing) => {
    const [subscriberId, askId, hash] = [newId(), newId(), randomBytes(32).toString('hex')];
    const key = await writing.vault.takeKey();
    const stream = `subscriber-${subscriberId}`;
    const asked = { subscriberId, askId, expiresAt: new Date(Date.now() + SESSION_MS).toISOString() };
    const personal = { email: `reader-${at}@readers.example`, locale: 'en' };
    return [
      {
        stream,
        events: [
          await event('SubscriptionAsked.v1', asked, { key, stream, personal, ...writing }),
          await event('SubscriptionLinkIssued.v1', { subscriberId, askId, hash }),
          await event('SubscriptionConfirmed.v1', { subscriberId, askId }),
        ],
      },
    ];
  });
}

/** A session that goes on, and the device that is told in it. */
async function deviceEvents(
  memberId: string,
  address: PushAddress,
  { key, writing }: { readonly key: DataKey; readonly writing: Writing },
): Promise<{ readonly session: NewEvent; readonly subscribed: Appended }> {
  const [sessionId, subscriptionId] = [newId(), newId()];
  const expiresAt = new Date(Date.now() + SESSION_MS).toISOString();
  const opened = { memberId, sessionId, expiresAt, way: 'password' as const };
  const stream = `subscriptions-${memberId}`;
  const own = { key: await writing.vault.takeKey(), stream, personal: { ...address, device: '' }, ...writing };
  const by = { key, stream: `member-${memberId}`, personal: { device: '' }, ...writing };
  const subscribed = await event('PushSubscribed.v1', { memberId, subscriptionId, sessionId }, own);
  return {
    session: await event('MemberSessionOpened.v1', opened, by),
    subscribed: { stream, events: [subscribed] },
  };
}

/** Writes comments into a forum that rests; their texts are random bytes, since only the newest are ever opened. */
export function writeComments(
  dataDir: string,
  count: number,
  under: (at: number) => { readonly postId: string; readonly parentId: string | null },
): Promise<void> {
  return writeAll(dataDir, count, async (at) => {
    const commentId = newId();
    const { postId, parentId } = under(at);
    const place = { postId, parentId, rootId: parentId ?? commentId, depth: parentId === null ? 0 : 1 };
    const posted = await event('CommentPosted.v1', { commentId, ...place, authorId: newId(), source: null });
    return [{ stream: `comment-${commentId}`, events: [{ ...posted, sealed: randomBytes(350) }] }];
  });
}

interface Texts {
  readonly count: number;
  readonly posts: readonly string[];
  readonly textOf: (at: number) => string;
}

/** Who has written some comments each. */
const WRITERS = 2_000;

/** The same with texts that are opened: each is sealed with a key of its own, as a command would. A minute lies between two. */
export function writeTexts(dataDir: string, { count, posts, textOf }: Texts): Promise<void> {
  const first = Date.now() - count * 60_000;
  const writers = Array.from({ length: WRITERS }, newId);
  return writeAll(dataDir, count, async (at, { vault }) => {
    const commentId = newId();
    const stream = `comment-${commentId}`;
    const postId = posts[at % posts.length] ?? '';
    const authorId = writers[(at * 7) % WRITERS] ?? '';
    const place = { commentId, postId, parentId: null, rootId: commentId, depth: 0, authorId, source: null };
    const sealing = { key: await vault.takeKey(), stream, personal: { body: textOf(at), author: null }, vault };
    const posted = await event('CommentPosted.v1', place, sealing);
    return [{ stream, events: [{ ...posted, occurredAt: new Date(first + at * 60_000).toISOString() }] }];
  });
}

async function writeAll(
  dataDir: string,
  count: number,
  each: (at: number, writing: Writing) => Promise<readonly Appended[]>,
): Promise<void> {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const vault = await openSqliteVault({ file: join(dataDir, 'vault.db') });
  try {
    for (let from = 0; from < count; from += GROUP) {
      const group = Array.from({ length: Math.min(GROUP, count - from) }, (_, n) => each(from + n, { store, vault }));
      const all = (await Promise.all(group)).flat();
      await Promise.all(all.map(({ stream, events }) => store.append(stream, events, 'no-stream')));
    }
  } finally {
    await store.close();
    await vault.close();
  }
}

interface Sealing {
  readonly key: DataKey;
  readonly stream: string;
  readonly personal: object;
  readonly vault: Vault;
}

async function event<Type extends Stored>(type: Type, data: DataOf<Type>, sealing?: Sealing): Promise<NewEvent> {
  const id = newId();
  const { vault, key, personal, stream } = sealing ?? {};
  const sealed = vault && key && personal && stream ? await vault.seal(key, personal, { stream, type, id }) : null;
  const stored: Json = JSON.parse(JSON.stringify(data));
  const envelope = { occurredAt: new Date().toISOString(), actor: 'system', correlationId: newId(), causationId: null };
  return { id, type, data: stored, sealed, ...envelope };
}
