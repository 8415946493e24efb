import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { EVENT_STORE, type RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Json } from '../../../libs/kernel/index.ts';
import { digestOf } from '../../../libs/projections/digest.ts';
import { VIEWS } from '../../../libs/projections/index.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { AT, commentEdited, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { TranslationRemoved, TranslationWritten } from '../../domain/translation/translation.events.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { GetComment } from '../thread/thread.query-types.ts';
import { SameWords } from './door/same-words-history.ts';
import { TranslationLines } from './door/translation-lines.ts';
import { TranslationRenderings } from './door/translation-renderings.ts';
import { TranslationHtmls } from './translation-html.ts';
import { translationQueries } from './translations.queries.ts';
import {
  GetLinesOfPosts,
  GetRemovedTranslations,
  GetTranslatedTitles,
  GetTranslationHtml,
  GetTranslationKeys,
  GetTranslationLines,
  GetTranslations,
} from './translations.query-types.ts';
import { translationsView } from './translations.view.ts';

let forum: SmallForum;
let ask: QueryBus;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2, 3]) await forum.member(n);
  await forum.post();
  ask = await queryBusOf([
    ...translationQueries,
    MemberDirectory,
    SameWords,
    TranslationHtmls,
    TranslationLines,
    TranslationRenderings,
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
    { provide: EVENT_STORE, useValue: forum.store },
  ]);
});
afterAll(() => forum.close());

const about = (comment: number | null, member: number, language = 'en') => ({
  translationId: idOf('translation', `${comment} ${member} ${language}`),
  postId: idOf('post'),
  commentId: comment === null ? null : idOf('comment', comment),
  language,
  memberId: idOf('member', member),
});
type About = ReturnType<typeof about>;
const written = (of: About, body: string, sourceRevision = 0): TranslationWritten => ({
  type: 'TranslationWritten.v1',
  data: { ...of, sourceRevision, sourceHash: 'hash' },
  personal: { title: '', body },
});
const removed = (
  of: About,
  by: Pick<TranslationRemoved['data'], 'by' | 'reason'> = BY_TRANSLATOR,
  personal: TranslationRemoved['personal'] = null,
): TranslationRemoved => ({
  type: 'TranslationRemoved.v2',
  data: { ...of, ...by },
  personal,
});
const BY_TRANSLATOR = { by: 'translator', reason: null } as const;
const record = (of: About, fact: TranslationWritten | TranslationRemoved) =>
  forum.record(`translation-${of.translationId}`, [fact]);
/** Each language with its text, those that it had before, and whether it is of the text that stands. */
async function told(comment: number): Promise<readonly unknown[]> {
  const { items } = await ask.execute(new GetTranslations({ kind: 'comment', id: idOf('comment', comment) }));
  return items.map(({ language, body, earlier, stale = false }) => [
    language,
    body,
    earlier.map((one) => one.body),
    stale,
  ]);
}
const keysOf = (comment: number) =>
  ask.execute(new GetTranslationKeys({ comments: [idOf('comment', comment)], writtenBy: null }));

test('the newest in each language stands; taken back, it leaves its place to the one before', async () => {
  await forum.comment(1);
  const [first, second, thai] = [about(1, 1), about(1, 2), about(1, 2, 'th')];
  await record(first, written(first, 'Hello'));
  await record(second, written(second, 'Hi'));
  await record(second, written(second, 'Good day'));
  await record(thai, written(thai, 'สวัสดี'));
  expect(await told(1)).toEqual([
    ['en', 'Good day', ['Hi', 'Hello'], false],
    ['th', 'สวัสดี', [], false],
  ]);
  await record(second, removed(second));
  expect(await told(1)).toEqual([
    ['en', 'Hello', [], false],
    ['th', 'สวัสดี', [], false],
  ]);
});

test('one of a text that was changed is told as such, until it is written anew', async () => {
  await forum.comment(2);
  const of = about(2, 1);
  await record(of, written(of, 'Hello'));
  await forum.record(`comment-${idOf('comment', 2)}`, [commentEdited(2, 'Another')]);
  expect(await told(2)).toEqual([['en', 'Hello', [], true]]);
  await record(of, written(of, 'Another', 1));
  expect(await told(2)).toEqual([['en', 'Another', ['Hello'], false]]);
});

test('one of a text that was changed and changed back is of the text that stands', async () => {
  await forum.comment(7, { body: 'Sawadee' });
  const of = about(7, 1);
  await record(of, written(of, 'Hello'));
  const edit = (body: string) => forum.record(`comment-${idOf('comment', 7)}`, [commentEdited(7, body)]);
  for (const [body, stale] of [
    ['Another', true],
    ['Sawadee', false],
    ['A third', true],
  ] as const) {
    await edit(body);
    const { translations } = await forum.queries.comment(new GetComment(idOf('comment', 7), null));
    expect([await told(7), translations?.map((line) => line.stale ?? false)]).toEqual([
      [['en', 'Hello', [], stale]],
      [stale],
    ]);
  }
});

test('one of a post is of its title and text that stand, whichever was changed and changed back', async () => {
  const of = about(null, 1, 'th');
  await record(of, written(of, 'Hello'));
  for (const [change, stale] of [
    [{ title: 'Another' }, true],
    [{ body: 'Other words' }, true],
    [{ title: 'Post 1' }, true],
    [{ body: 'Body of post 1' }, false],
  ] as const) {
    const data = { postId: idOf('post'), ...change };
    await forum.record(`post-${idOf('post')}`, [{ type: 'PostEdited.v1', data, personal: null }]);
    const lines = await ask.execute(new GetTranslationLines(idOf('post')));
    expect(lines.map((line) => line.stale ?? false)).toEqual([stale]);
  }
});

test('an erased comment has none, and their keys are known until they are destroyed', async () => {
  await forum.comment(3);
  const of = about(3, 1);
  const { commentId, postId, ...rest } = { ...of, commentId: idOf('comment', 3) };
  await record(of, written(of, 'Hello'));
  await forum.record(`comment-${commentId}`, [
    { type: 'CommentErased.v1', data: { commentId, postId, erasureId: idOf('erasure') }, personal: null },
  ]);
  expect([await told(3), await keysOf(3)]).toEqual([[], [rest.translationId]]);
  const key = { keyId: '0'.repeat(32), stream: `translation-${rest.translationId}` };
  await forum.record(`key-${key.keyId}`, [{ type: 'KeyDestroyed.v1', data: key, personal: null }]);
  expect(await keysOf(3)).toEqual([]);
});

test('what a moderator removed is told, and whether its text was changed since it was made, until it is written again or its words go', async () => {
  await forum.comment(6);
  const [of, other] = [about(6, 1), about(6, 2)];
  const wrong = { by: 'moderator', reason: 'wrong-translation' } as const;
  const told = (member: number) => ask.execute(new GetRemovedTranslations(idOf('comment', 6), idOf('member', member)));
  await record(of, written(of, 'Hello'));
  await record(other, written(other, 'Hi'));
  await record(other, removed(other));
  await record(of, removed(of, wrong));
  const { by: _, ...why } = wrong;
  expect([await told(1), await told(2)]).toEqual([[{ language: 'en', ...why, statement: null, changed: false }], []]);
  await forum.record(`comment-${idOf('comment', 6)}`, [commentEdited(6, 'Another')]);
  expect(await told(1)).toEqual([{ language: 'en', ...why, statement: null, changed: true }]);
  await record(of, written(of, 'Another', 1));
  expect(await told(1)).toEqual([]);
  await record(of, removed(of, wrong, { statement: 'It says the opposite.' }));
  const statement = 'It says the opposite.';
  expect(await told(1)).toEqual([{ language: 'en', ...why, statement, changed: false }]);
  await record(other, written(other, 'Stale'));
  await record(other, removed(other, wrong, { statement }));
  expect(await told(2)).toEqual([{ language: 'en', ...why, statement, changed: true }]);
  expect(await forum.views.verify('translations')).toMatchObject({ equal: true });
  const data = { commentId: idOf('comment', 6), postId: idOf('post'), erasureId: idOf('erasure') };
  await forum.record(`comment-${data.commentId}`, [{ type: 'CommentErased.v1', data, personal: null }]);
  expect(await told(1)).toEqual([]);
});

test('posts of a list have their lines and titles by one question each, and none whose key is gone', async () => {
  const postId = idOf('post', 'listed');
  const [en, vi] = [
    { ...about(null, 8), postId },
    { ...about(null, 9, 'vi'), postId },
  ];
  const title = (of: About, text: string): TranslationWritten => ({
    ...written(of, 'Body'),
    personal: { title: text, body: 'Body' },
  });
  await record(en, title(en, 'A first title'));
  await record(en, title(en, 'A title'));
  await record(vi, title(vi, 'Tựa'));
  const lines = await ask.execute(new GetLinesOfPosts([postId, idOf('post', 'none')]));
  expect([...lines].map(([id, told]) => [id, told.map(({ language }) => language)])).toEqual([[postId, ['en', 'vi']]]);
  const ids = [en.translationId, vi.translationId];
  const titles = async (mostBytes = 1_000) =>
    [...(await ask.execute(new GetTranslatedTitles(ids, mostBytes))).values()].map(({ title, excerptHtml }) => [
      title,
      excerptHtml,
    ]);
  expect([await titles(), await titles(1)]).toEqual([
    [
      ['A title', '<p>Body</p>'],
      ['Tựa', '<p>Body</p>'],
    ],
    [],
  ]);
  const key = { keyId: '1'.repeat(32), stream: `translation-${en.translationId}` };
  await forum.record(`key-${key.keyId}`, [{ type: 'KeyDestroyed.v1', data: key, personal: null }]);
  expect(await titles()).toEqual([['Tựa', '<p>Body</p>']]);
  await record(vi, removed(vi));
  expect(await titles()).toEqual([]);
});

test('a title is told while the one that it translates stands by its words', async () => {
  const postId = idOf('post', 7);
  await forum.post(7);
  const of = { ...about(null, 8), postId };
  await record(of, { ...written(of, 'Body'), personal: { title: 'A title', body: 'Body' } });
  const isTold = async () =>
    (await ask.execute(new GetTranslatedTitles([of.translationId], 1_000))).has(of.translationId);
  expect(await isTold()).toBe(true);
  for (const [change, told] of [
    [{ body: 'Other words' }, true],
    [{ title: 'Another' }, false],
    [{ title: 'Post 7' }, true],
  ] as const) {
    const data = { postId, ...change };
    await forum.record(`post-${postId}`, [{ type: 'PostEdited.v1', data, personal: null }]);
    expect([change, await isTold()]).toEqual([change, told]);
  }
});

test('texts that stand without being asked for are opened once, as many as fit, and are gone with their comment', async () => {
  await forum.comment(4);
  await forum.comment(5);
  const [first, second] = [about(4, 1), about(5, 1)];
  await record(first, written(first, 'Hello'));
  await record(second, written(second, '*Hi*'));
  await record(second, written(second, '**Hi**'));
  const ids = [second.translationId, first.translationId];
  const read = async (mostBytes = 1_000) =>
    (await ask.execute(new GetTranslationHtml(ids, mostBytes))).map(({ bodyHtml }) => bodyHtml.trim());
  const open = jest.spyOn(forum.vault, 'open');
  expect((await read()).toSorted()).toEqual(['<p><strong>Hi</strong></p>', '<p>Hello</p>']);
  expect([(await read()).length, await read(1)]).toEqual([2, []]);
  expect(open).toHaveBeenCalledTimes(2);
  const data = { commentId: idOf('comment', 4), postId: idOf('post'), erasureId: idOf('erasure') };
  await forum.record(`comment-${data.commentId}`, [{ type: 'CommentErased.v1', data, personal: null }]);
  expect(await read()).toEqual(['<p><strong>Hi</strong></p>']);
  open.mockRestore();
});

const [who, which] = [fc.nat({ max: 2 }), fc.nat({ max: 2 })];
const step = fc.oneof(
  {
    arbitrary: fc.record({ do: fc.constant('write' as const), who, which, language: fc.constantFrom('en', 'th') }),
    weight: 4,
  },
  fc.record({ do: fc.constant('remove' as const), who, which, language: fc.constantFrom('en', 'th') }),
  fc.record({ do: fc.constant('destroy' as const), who, which, language: fc.constantFrom('en', 'th') }),
  fc.record({ do: fc.constant('edit' as const), which }),
  fc.record({ do: fc.constant('erase comment' as const), which }),
  fc.record({ do: fc.constant('erase member' as const), who }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** The event of a step; the text 0 is the post itself. */
function factOf(one: Step): { readonly stream: string; readonly type: string; readonly data: Json } {
  switch (one.do) {
    case 'write':
    case 'remove':
    case 'destroy': {
      const of = about(one.which === 0 ? null : one.which, one.who, one.language);
      const stream = `translation-${of.translationId}`;
      if (one.do === 'write')
        return { stream, type: 'TranslationWritten.v1', data: { ...of, sourceRevision: 0, sourceHash: 'hash' } };
      if (one.do === 'remove')
        return {
          stream,
          type: 'TranslationRemoved.v2',
          data: { ...of, by: one.which === 1 ? 'moderator' : 'erasure', reason: null },
        };
      return { stream: 'key-1', type: 'KeyDestroyed.v1', data: { keyId: '1', stream } };
    }
    case 'edit': {
      const [commentId, postId] = [idOf('comment', one.which), idOf('post')];
      if (one.which === 0) return { stream: `post-${postId}`, type: 'PostEdited.v1', data: { postId, body: 'Other' } };
      return { stream: `comment-${commentId}`, type: 'CommentEdited.v1', data: { commentId, postId } };
    }
    case 'erase comment': {
      const commentId = idOf('comment', one.which);
      const data = { commentId, postId: idOf('post'), erasureId: idOf('erasure') };
      return { stream: `comment-${commentId}`, type: 'CommentErased.v1', data };
    }
    case 'erase member': {
      const memberId = idOf('member', one.who);
      return { stream: `member-${memberId}`, type: 'MemberErased.v1', data: { memberId, erasureId: idOf('erasure') } };
    }
    default:
      return one satisfies never;
  }
}

function eventsOf(steps: readonly Step[]): readonly RecordedEvent[] {
  return steps.map((one, n) => ({
    ...factOf(one),
    id: idOf('event', n),
    revision: BigInt(n),
    position: BigInt(n + 1),
    sealed: one.do === 'write' ? new Uint8Array([n]) : null,
    occurredAt: AT,
    recordedAt: AT,
    actor: 'system',
    correlationId: 'test',
    causationId: null,
  }));
}

/** The translations and the positions of their texts that stand after these steps, as the sentences of the view have it. */
function expected(steps: readonly Step[]): readonly unknown[] {
  let standing: { id: string; text: number; who: number; n: number }[] = [];
  for (const [at, one] of steps.entries()) {
    if (one.do === 'edit') continue;
    if (one.do === 'erase member') standing = standing.filter(({ who: by }) => by !== one.who);
    else if (one.do === 'erase comment') standing = standing.filter(({ text }) => text === 0 || text !== one.which);
    else {
      const { translationId: id } = about(one.which === 0 ? null : one.which, one.who, one.language);
      if (one.do === 'write') standing.push({ id, text: one.which, who: one.who, n: at + 1 });
      else standing = standing.filter((row) => row.id !== id);
    }
  }
  return standing.map(({ id, n }) => [id, n]);
}

function folded(events: readonly RecordedEvent[], batch: number): Database {
  const db = openViewForWriting(':memory:', translationsView);
  const writer = new ViewWriter(translationsView, ':memory:', db);
  for (let start = 0; start < events.length; start += batch) {
    const some = events.slice(start, start + batch);
    writer.fold(some, some.at(-1)?.position ?? 0n);
  }
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

test('whatever is written, removed and erased, what stands is as on paper, and the view equals a rebuild', () => {
  const property = fc.property(
    fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
    fc.integer({ min: 1, max: 9 }),
    (steps, batch) => {
      const events = eventsOf(steps);
      const db = folded(events, batch);
      const rows = db.prepare<[], { id: Buffer; n: number }>('SELECT id, n FROM translated ORDER BY n').all();
      expect(rows.map(({ id, n }) => [idText(id), n])).toEqual(expected(steps));
      const revision = db.prepare<[Buffer], { revision: number | null }>(
        'SELECT max(revision) AS revision FROM text WHERE id = ?',
      );
      for (const text of [0, 1, 2]) {
        const changed = steps.findLastIndex((one) => one.do === 'edit' && one.which === text);
        const id = idBytes(text === 0 ? idOf('post') : idOf('comment', text));
        expect(revision.get(id)?.revision ?? -1).toBe(changed);
      }
      expect(digestOf(db, translationsView)).toBe(digestOf(folded(events, Number.POSITIVE_INFINITY), translationsView));
      db.close();
    },
  );
  fc.assert(property, { numRuns: process.env['COLLOQUY_LONG'] === '1' ? 1_000 : 60, endOnFailure: true });
}, 60_000);
