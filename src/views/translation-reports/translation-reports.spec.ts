import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { VIEWS } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import { TRANSLATION_REASONS, type TranslationReason, type TranslationRemover } from '../../../libs/words/index.ts';
import { queryBusOf } from '../../../test/views/query-bus.ts';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { TranslationRemoved, TranslationReportsDismissed } from '../../domain/translation/translation.events.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { translationReportQueries } from './translation-reports.queries.ts';
import {
  CountReportedTranslations,
  GetOpenReports,
  GetReportedTranslations,
  GetTranslationReportStreams,
} from './translation-reports.query-types.ts';

let forum: SmallForum;
let ask: QueryBus;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2, 3]) await forum.member(n);
  await forum.post();
  ask = await queryBusOf([
    ...translationReportQueries,
    MemberDirectory,
    { provide: VIEWS, useValue: forum.views },
    { provide: VAULT, useValue: forum.vault },
  ]);
});
afterAll(() => forum.close());

const about = (n: number) => ({
  translationId: idOf('translation', n),
  postId: idOf('post'),
  commentId: null,
  language: 'th',
  memberId: idOf('member', 1),
});
const streamOf = (n: number, by: number): string =>
  `reported-translation-${idOf('translation', n)}-${idOf('member', by)}`;
async function reported(
  n: number,
  by: number,
  revision: number,
  note: string,
  reason: TranslationReason = 'abuse',
): Promise<void> {
  const { memberId: translatorId, ...of } = about(n);
  const data = { ...of, translatorId, memberId: idOf('member', by), reason, revision };
  await forum.record(streamOf(n, by), [{ type: 'TranslationReported.v1', data, personal: { note } }]);
}
const written = (n: number) =>
  forum.record(`translation-${idOf('translation', n)}`, [
    {
      type: 'TranslationWritten.v1',
      data: { ...about(n), sourceRevision: 0, sourceHash: 'hash' },
      personal: { title: 'T', body: 'B' },
    },
  ]);
const decided = (n: number, fact: TranslationReportsDismissed | TranslationRemoved) =>
  forum.record(`translation-${idOf('translation', n)}`, [fact]);
const dismissed = (n: number, by: number, revision: number): TranslationReportsDismissed => ({
  type: 'TranslationReportsDismissed.v1',
  data: { ...about(n), revision: 1, reports: [{ memberId: idOf('member', by), revision }] },
  personal: null,
});
const removed = (n: number, by: TranslationRemover = 'moderator'): TranslationRemoved => ({
  type: 'TranslationRemoved.v2',
  data: { ...about(n), by, reason: by === 'moderator' ? 'abuse' : null },
  personal: null,
});
const waiting = async () =>
  (await ask.execute(new GetReportedTranslations(20))).map(({ translationId, revision, reports }) => [
    translationId,
    revision,
    reports.map(({ note }) => note),
  ]);

test('what members reported waits, longest first, until a moderator dismisses what was seen, or removes it', async () => {
  const [first, second] = [idOf('translation', 1), idOf('translation', 2)];
  await written(1);
  await written(2);
  await reported(1, 2, 0, 'Wrong');
  await reported(2, 2, 0, 'Rude');
  await reported(1, 3, 0, 'Not so');
  expect(await waiting()).toEqual([
    [first, 0, ['Wrong', 'Not so']],
    [second, 0, ['Rude']],
  ]);
  await written(1);
  expect(await ask.execute(new CountReportedTranslations())).toBe(2);
  await decided(1, dismissed(1, 2, 0));
  expect(await waiting()).toEqual([
    [second, 0, ['Rude']],
    [first, 1, ['Not so']],
  ]);
  expect(await ask.execute(new GetOpenReports(first))).toEqual([{ memberId: idOf('member', 3), revision: 0 }]);
  await decided(2, removed(2));
  expect(await waiting()).toEqual([[first, 1, ['Not so']]]);
});

test('their streams are known by who wrote them and by what they are of, until the keys are destroyed', async () => {
  const streams = (writtenBy: number | null, translations: readonly number[]) =>
    ask.execute(
      new GetTranslationReportStreams({
        writtenBy: writtenBy === null ? null : idOf('member', writtenBy),
        translations: translations.map((n) => idOf('translation', n)),
      }),
    );
  expect(await streams(3, [])).toEqual([streamOf(1, 3)]);
  expect([...(await streams(null, [1]))].sort()).toEqual([streamOf(1, 2), streamOf(1, 3)].sort());
  const data = { keyId: idOf('key').replaceAll('-', ''), stream: streamOf(1, 3) };
  await forum.record(`key-${idOf('key')}`, [{ type: 'KeyDestroyed.v1', data, personal: null }]);
  expect([await streams(3, []), await streams(null, [1])]).toEqual([[], [streamOf(1, 2)]]);
});

test('each is told with its reason', async () => {
  await written(3);
  for (const [at, reason] of TRANSLATION_REASONS.entries()) await reported(3, at + 2, 0, reason, reason);
  const third = (await ask.execute(new GetReportedTranslations(20))).find(
    ({ translationId }) => translationId === idOf('translation', 3),
  );
  expect(third?.reports.map(({ reason }) => reason)).toEqual(TRANSLATION_REASONS);
  await decided(3, removed(3));
});

describe('a report of a translation that was taken back', () => {
  const anew = async (n: number) =>
    (await ask.execute(new GetReportedTranslations(20)))
      .filter(({ translationId }) => translationId === idOf('translation', n))
      .flatMap(({ reports }) => reports.map(({ note, writtenAnew }) => [note, writtenAnew]));

  it('waits again once the same member writes that again, with a word of it, until a moderator decides', async () => {
    await written(4);
    await reported(4, 2, 0, 'Rude');
    await reported(4, 3, 0, 'Also rude');
    await decided(4, removed(4, 'translator'));
    expect(await anew(4)).toEqual([]);
    await written(4);
    expect(await anew(4)).toEqual([
      ['Rude', true],
      ['Also rude', true],
    ]);
    await decided(4, dismissed(4, 2, 0));
    expect(await anew(4)).toEqual([['Also rude', true]]);
    await decided(4, removed(4, 'author'));
    await written(4);
    expect(await anew(4)).toEqual([['Also rude', true]]);
  });

  it('is over when a moderator removed it', async () => {
    await decided(4, removed(4));
    await written(4);
    expect(await anew(4)).toEqual([]);
  });
});
