import { expect, test } from '@jest/globals';
import { trusted } from '../../libs/kernel/index.ts';
import type { Principal } from '../access/principal.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import { FindTranslation, GetTranslationText } from '../views/translations/translations.query-types.ts';
import { ReportedTranslationActs } from './reported-translations.ts';
import { Translating } from './translating.ts';

const SOON = '2026-01-01T00:00:00.000Z';
const keo: Principal = {
  memberId: 'keo',
  handle: 'keo',
  displayName: 'Keo',
  roles: ['member'],
  locale: 'lo',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: SOON,
  sessionEndsAt: SOON,
};
const of = { translationId: 't1', postId: 'p1', commentId: 'c1', memberId: 'linh', language: 'en' };

/** The acts around a comment of this status, and the kinds of questions that were asked. */
function around(status: string): { readonly acts: ReportedTranslationActs; readonly asked: readonly unknown[] } {
  const asked: unknown[] = [];
  const execute = async (query: object): Promise<never> => {
    asked.push(query.constructor);
    if (query instanceof FindTranslation) return trusted(of);
    if (query instanceof GetComment) return trusted({ id: 'c1', status, body: 'Xin chào' });
    if (query instanceof GetTranslationText) return trusted({ id: 't1', language: 'en', body: 'Hello' });
    throw new TypeError('nothing else is asked');
  };
  const [writes, limits, queries] = [{ send: async () => trusted<never>({}) }, new RateLimits(true), { execute }];
  const settings = () => ({ writers: 'members', maxLength: 100 }) as const;
  const translating = new Translating({
    writes,
    limits,
    queries,
    streams: { erase: async () => 0 },
    settings,
    htmlOf: async () => '',
  });
  const looks = { looked: async () => undefined };
  return { acts: new ReportedTranslationActs({ writes, limits, queries, looks, translating }), asked };
}

test('whoever reports a translation is shown that one, and no other of its text is opened', async () => {
  const { acts, asked } = around('visible');
  expect((await acts.reportable('t1', keo)).translation).toMatchObject({ id: 't1', body: 'Hello' });
  expect(asked).toEqual([FindTranslation, GetComment, GetTranslationText]);
});

test('what readers do not read has none that could be reported', async () => {
  const { acts, asked } = around('held');
  await expect(acts.reportable('t1', keo)).rejects.toMatchObject({ code: 'not_found' });
  expect(asked).not.toContain(GetTranslationText);
});
