import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  commentEdited,
  commentHeld,
  commentPosted,
  commentRestored,
  idOf,
  SmallForum,
} from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import type { InboxEvent } from '../../domain/inbox/inbox.events.ts';
import { idBytes, idText } from '../ids.ts';

let forum: SmallForum;
const memberId = idOf('member', 1);
const TABLES = ['told', 'follow', 'choice', 'report'] as const;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2]) await forum.member(n);
  await forum.post(1);
});
afterAll(() => forum.close());

const rowsOf = (table: string): unknown =>
  Reflect.get(
    Object(
      forum.views
        .db('notifications')
        .prepare(`SELECT count(*) AS n FROM ${table} WHERE member = ?`)
        .get(idBytes(memberId)),
    ),
    'n',
  );

test('nobody is told of a mention that no reader saw', async () => {
  const mention = (n: number, ...members: number[]): ForumEvent => ({
    type: 'MembersMentioned.v1',
    data: { commentId: idOf('comment', n), postId: idOf('post', 1), memberIds: members.map((m) => idOf('member', m)) },
    personal: null,
  });
  const told = () =>
    forum.views
      .db('notifications')
      .prepare<[Buffer], { member: Buffer }>("SELECT member FROM told WHERE comment = ? AND kind = 'mention'")
      .all(idBytes(idOf('comment', 11)))
      .map(({ member }) => idText(member))
      .sort();
  const sorted = (...members: number[]) => members.map((m) => idOf('member', m)).sort();
  const stream = `comment-${idOf('comment', 11)}`;
  await forum.record(stream, [commentPosted(11), mention(11, 3), commentHeld(11)]);
  await forum.record(stream, [commentEdited(11, 'Another'), mention(11, 4, 5)]);
  await forum.record(stream, [commentEdited(11, 'A third'), mention(11, 5)]);
  expect(told()).toEqual([]);
  await forum.record(stream, [commentRestored(11)]);
  expect(told()).toEqual(sorted(5));
  await forum.record(stream, [commentHeld(11)]);
  await forum.record(stream, [commentEdited(11, 'A fourth'), mention(11, 6)]);
  await forum.record(stream, [commentEdited(11, 'A fifth'), mention(11, 5, 7)]);
  expect(told()).toEqual(sorted(5));
  await forum.record(stream, [commentRestored(11)]);
  expect(told()).toEqual(sorted(5, 7));
});

test('of an erased member nothing is left, and answers to what it wrote tell nobody', async () => {
  await forum.comment(1, { author: 1 });
  await forum.comment(2, { author: 2, parent: 1 });
  const muted: InboxEvent = { type: 'MutesChanged.v1', data: { memberId }, personal: { muted: [idOf('post', 1)] } };
  await forum.record(`inbox-${memberId}`, [muted]);
  await forum.record(`report-${idOf('comment', 2)}-${memberId}`, [
    {
      type: 'CommentReported.v1',
      data: {
        commentId: idOf('comment', 2),
        postId: idOf('post', 1),
        authorId: idOf('member', 2),
        memberId,
        reason: 'spam',
        revision: 0,
      },
      personal: { note: '' },
    },
  ]);
  expect(TABLES.map(rowsOf)).toEqual([1, 1, 1, 1]);
  await forum.record(`member-${memberId}`, [
    { type: 'MemberErased.v1', data: { memberId, erasureId: idOf('erasure', 1) }, personal: null },
  ]);
  await forum.comment(3, { author: 2, parent: 1 });
  expect(TABLES.map(rowsOf)).toEqual([0, 0, 0, 0]);
  expect(await forum.views.verify('notifications')).toMatchObject({ equal: true });
});

test('what came while a mail was written waits from that mail on, so that no second digest follows the first', async () => {
  const lease = { reactor: 'telling', holder: 'node', until: '2999-01-01T00:00:00.000Z', term: 1, begins: [] };
  await forum.record('lease-telling', [{ type: 'LeaseTaken.v1', data: lease, personal: null }]);
  await forum.comment(30, { author: 1 });
  const upTo = await forum.comment(31, { author: 2, parent: 30 });
  await forum.comment(32, { author: 2, parent: 30 });
  const waiting = () =>
    forum.views
      .db('notifications')
      .prepare("SELECT CAST(since AS TEXT) AS since, at FROM pending WHERE member = ? AND way = 'mail'")
      .get(idBytes(memberId));
  expect(waiting()).toMatchObject({ since: String(upTo) });
  const told = { memberId, way: 'mail', after: '0', upTo: String(upTo) } as const;
  await forum.record(`inbox-${memberId}`, [{ type: 'MemberTold.v1', data: told, personal: null }]);
  const recorded: string[] = [];
  for await (const event of forum.store.readStream(`inbox-${memberId}`)) {
    if (event.type === 'MemberTold.v1') recorded.push(event.recordedAt);
  }
  expect(waiting()).toEqual({ since: String(upTo + 1n), at: Date.parse(recorded.at(-1) ?? '') });
});

test('a role that an admin gives is told in the inbox alone, since it has a letter of its own', async () => {
  const member = idOf('member', 2);
  const pending = (): number => forum.views.db('notifications').prepare('SELECT 1 FROM pending').all().length;
  const before = pending();
  const envelope = { occurredAt: '2026-11-26T08:00:00.000Z', correlationId: idOf('role', 1), causationId: null };
  const { position } = await forum.store.append(
    `roles-${member}`,
    [memberId, 'system'].map((actor, n) => ({
      ...envelope,
      id: idOf('role', n),
      actor,
      type: 'MemberRolesChanged.v1',
      data: { memberId: member, roles: ['member', 'moderator'] },
      sealed: null,
    })),
    'no-stream',
  );
  await forum.views.reached(position);
  const told = forum.views.db('notifications').prepare("SELECT kind, comment FROM told WHERE outcome = 'roles'").all();
  expect(told).toEqual([{ kind: 'decision', comment: null }]);
  expect(pending()).toBe(before);
});

test('a translator is told what a moderator removed, and those who reported a translation what became of it', async () => {
  const about = (n: number, comment: number | null) => ({
    translationId: idOf('translation', n),
    postId: idOf('post', 1),
    commentId: comment === null ? null : idOf('comment', comment),
    language: 'th',
  });
  const [translator, reader, other] = [idOf('member', 20), idOf('member', 21), idOf('member', 22)];
  const reported = (n: number, comment: number | null, by: string) =>
    forum.record(`reported-translation-${idOf('translation', n)}-${by}`, [
      {
        type: 'TranslationReported.v1',
        data: {
          ...about(n, comment),
          translatorId: translator,
          memberId: by,
          reason: 'wrong-translation',
          revision: 0,
        },
        personal: { note: '' },
      },
    ]);
  const removed = (n: number, comment: number | null, by: 'moderator' | 'translator') =>
    forum.record(`translation-${idOf('translation', n)}`, [
      {
        type: 'TranslationRemoved.v2',
        data: { ...about(n, comment), memberId: translator, by, reason: by === 'moderator' ? 'spam' : null },
        personal: null,
      },
    ]);
  await forum.comment(40, { author: 2 });
  for (const n of [1, 2, 3]) await reported(n, n === 1 ? 40 : null, reader);
  await reported(1, 40, other);
  await forum.record(`translation-${idOf('translation', 1)}`, [
    {
      type: 'TranslationReportsDismissed.v1',
      data: { ...about(1, 40), memberId: translator, revision: 0, reports: [{ memberId: reader, revision: 0 }] },
      personal: null,
    },
  ]);
  await removed(1, 40, 'moderator');
  await removed(2, null, 'moderator');
  // Its translator wrote it again.
  await removed(3, null, 'translator');
  await removed(3, null, 'moderator');
  const told = (member: string) =>
    forum.views
      .db('notifications')
      .prepare<[Buffer], { kind: string; outcome: string; post: Buffer; comment: Buffer | null }>(
        'SELECT kind, outcome, post, comment FROM told WHERE member = ? ORDER BY n',
      )
      .all(idBytes(member))
      .map(({ kind, outcome, post, comment }) => [kind, outcome, idText(post), comment && idText(comment)]);
  const [post, comment] = [idOf('post', 1), idOf('comment', 40)];
  expect([told(translator), told(reader), told(other)]).toEqual([
    [
      ['decision', 'translation-removed', post, comment],
      ['decision', 'translation-removed', post, null],
      ['decision', 'translation-removed', post, null],
    ],
    [
      ['answer', 'translation-kept', post, comment],
      ['answer', 'translation-removed', post, null],
      ['answer', 'translation-removed', post, null],
    ],
    [['answer', 'translation-removed', post, comment]],
  ]);
  expect(forum.views.db('notifications').prepare('SELECT * FROM reported_translation').all()).toEqual([]);
  expect(await forum.views.verify('notifications')).toMatchObject({ equal: true });
});
