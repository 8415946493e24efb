import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type EventStore, type NewEvent, openSqliteEventStore } from '../../libs/event-store/index.ts';
import type { Json } from '../../libs/kernel/index.ts';
import { type DataKey, openSqliteVault, type Vault } from '../../libs/vault/index.ts';
import { type MailWay, USUAL_WAYS } from '../../libs/words/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import { newId } from './sample.ts';

const GROUP = 256;

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

/**
 * Writes members with confirmed addresses who follow a discussion and want mails about it, as commands would, into a
 * forum that rests. Nobody can sign in to them: that would cost a hashed password each.
 */
export function writeFollowers(
  dataDir: string,
  { count, postId, way }: { readonly count: number; readonly postId: string; readonly way: MailWay },
): Promise<void> {
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
    return [
      {
        stream: member,
        events: [
          await event('MemberRegistered.v2', registered, { key, stream: member, personal: named, ...writing }),
          await event('EmailConfirmed.v1', { memberId }),
        ],
      },
      {
        stream: inbox,
        events: [
          await event('NotificationsChosen.v1', chosen, { key, stream: inbox, personal: times, ...writing }),
          await event('DiscussionFollowed.v1', { memberId, postId }),
        ],
      },
    ];
  });
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
