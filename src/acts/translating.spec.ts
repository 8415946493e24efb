import { expect, test } from '@jest/globals';
import { DomainError, trusted } from '../../libs/kernel/index.ts';
import type { Principal } from '../access/principal.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import { FindTranslation } from '../views/translations/translations.query-types.ts';
import { Translating } from './translating.ts';

const SOON = '2026-01-01T00:00:00.000Z';
const linh: Principal = {
  memberId: 'linh',
  handle: 'linh',
  displayName: 'Linh',
  roles: ['member'],
  locale: 'vi',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: SOON,
  sessionEndsAt: SOON,
};
const asking = { address: '192.0.2.1', commandId: 'command', correlationId: 'correlation', here: false };
const item = { id: 't1', language: 'en', body: 'Hello' };

const GONE = new DomainError('comment_not_found', 'There is no such comment.');

/** Translating where the text is answered like this, or found by nobody, or by moderators alone; and what was erased. */
function around(
  text: object | null,
  isBelowHidden = false,
): { readonly translating: Translating; readonly erased: readonly string[] } {
  const erased: string[] = [];
  const translating = new Translating({
    writes: { send: async () => trusted({ position: 7n }) },
    limits: new RateLimits(true),
    queries: {
      execute: async (query: object): Promise<never> => {
        if (!(query instanceof GetComment || query instanceof GetPost))
          return trusted({ sourceRevision: 0, items: [item] });
        if (text === null) throw GONE;
        if (isBelowHidden && !query.viewer?.roles.includes('moderator')) throw GONE;
        return trusted(text);
      },
    },
    streams: { erase: async (streams) => erased.push(...streams) },
    settings: () => ({ writers: 'members', maxLength: 100 }),
    htmlOf: async (kind, { body, original }) => `${kind} ${body} of ${original}`,
  });
  return { translating, erased };
}

test.each([
  ['comment', 'visible', 'Xin chào', 1],
  ['comment', 'held', 'Xin chào', 0],
  ['comment', 'rejected', 'Xin chào', 0],
  ['comment', 'removed', 'Xin chào', 0],
  ['comment', 'erased', null, 0],
  ['comment', 'visible', null, 0],
  ['post', 'published', 'Xin chào', 1],
  ['post', 'scheduled', 'Xin chào', 0],
  ['post', 'withdrawn', 'Xin chào', 0],
] as const)('of a %s that is %s (%s), whoever sees it is told %d translations', async (kind, status, body, count) => {
  const { translating } = around({ id: 'c1', status, body });
  const { items } = await translating.list({ kind, id: 'c1' }, linh);
  expect(items).toHaveLength(count);
});

async function erasedAfterWriting(text: object | null, isBelowHidden = false): Promise<readonly string[]> {
  const { translating, erased } = around(text, isBelowHidden);
  const wish = { language: 'en', body: 'Hello', sourceRevision: 0 } as const;
  await translating.write({ kind: 'comment', id: 'c1' }, wish, linh, asking);
  return erased;
}

test('the words of one whose comment was erased while they were on their way are destroyed; others stay', async () => {
  const gone = { id: 'c1', status: 'erased', body: null };
  const words = [expect.stringMatching(/^translation-[0-9a-f-]{36}$/)];
  expect([await erasedAfterWriting(gone), await erasedAfterWriting(gone, true)]).toEqual([words, words]);
  expect(await erasedAfterWriting({ id: 'c1', status: 'visible', body: 'Xin chào' })).toEqual([]);
  expect(await erasedAfterWriting(null)).toEqual([]);
});

test.each([
  ['linh', true, true],
  ['somchai', true, true],
  ['somchai', false, false],
] as const)('%s takes one away that is told as stale: %s, which the rules are told', async (memberId, stale, told) => {
  const of = { translationId: 't1', postId: 'p1', commentId: null, memberId: 'linh', language: 'en' };
  const sent: object[] = [];
  const translating = new Translating({
    writes: { send: async (wish) => trusted(sent.push(wish) && { position: 7n }) },
    limits: new RateLimits(true),
    queries: { execute: async (query: object) => trusted(query instanceof FindTranslation ? of : { ...item, stale }) },
    streams: { erase: async () => 0 },
    settings: () => ({ writers: 'members', maxLength: 100 }),
    htmlOf: async (kind, { body, original }) => `${kind} ${body} of ${original}`,
  });
  await translating.remove('t1', { reason: null }, { ...linh, memberId }, asking);
  expect(sent).toMatchObject([{ data: { translationId: 't1', isOutdated: told } }]);
});

test.each([
  ['comment', 'visible', 'Xin chào', 'comment Hello of Xin chào'],
  ['post', 'published', 'Xin chào', 'post Hello of Xin chào'],
  ['comment', 'held', 'Xin chào', 'comment_not_found'],
  ['post', 'withdrawn', 'Xin chào', 'post_not_found'],
] as const)('of a %s that is %s (%s) is previewed as: %4$s', async (kind, status, body, shown) => {
  const { translating } = around({ id: 'c1', status, body });
  const preview = translating.preview({ kind, id: 'c1' }, ' Hello ', linh);
  await expect(preview.catch(({ code }: DomainError) => code)).resolves.toBe(shown);
  const long = translating.preview({ kind, id: 'c1' }, 'x'.repeat(200_001), linh);
  await expect(long).rejects.toMatchObject({ code: shown.endsWith('_not_found') ? shown : 'invalid' });
});
