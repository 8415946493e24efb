import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { eventLine, type RecordedEvent } from '../../../libs/event-store/index.ts';
import { NOW } from '../../../test/support/given.ts';
import type { DataLog } from './data-input.ts';
import { checkTranslations, translationLines } from './translation-check.ts';

const AT = {
  occurredAt: NOW,
  recordedAt: NOW,
  actor: 'system',
  correlationId: 'test',
  causationId: null,
  sealed: null,
};
const recorded = (
  position: number,
  stream: string,
  revision: number,
  type: string,
  data: object = {},
): RecordedEvent => ({
  ...AT,
  id: `e${position}`,
  position: BigInt(position),
  stream,
  revision: BigInt(revision),
  type,
  data: { ...data },
});
const hashOf = (event: RecordedEvent) => createHash('sha256').update(eventLine(event)).digest('base64');

const posted = recorded(1, 'comment-c1', 0, 'CommentPosted.v1');
const edited = recorded(2, 'comment-c1', 1, 'CommentEdited.v1');
const decided = recorded(3, 'comment-c1', 2, 'CommentDecided.v1');
const published = recorded(4, 'post-p1', 0, 'PostPublished.v1');
const translated = (position: number, of: 'comment' | 'post', sourceRevision: number, sourceHash: string) => {
  const data = { postId: 'p1', commentId: of === 'post' ? null : 'c1', sourceRevision, sourceHash };
  return recorded(position, `translation-t${position}`, 0, 'TranslationWritten.v1', data);
};

function logOf(events: readonly RecordedEvent[]): Pick<DataLog, 'readAll'> {
  return {
    async *readAll({ filter } = {}) {
      for (const event of events) if (filter?.types?.includes(event.type)) yield event;
    },
  };
}
const checked = (...events: readonly RecordedEvent[]) =>
  checkTranslations(logOf([posted, edited, decided, published, ...events]), { signal: new AbortController().signal });

test('translations that name the entries of their texts are right', async () => {
  const report = await checked(
    translated(5, 'comment', 1, hashOf(edited)),
    translated(6, 'post', 0, hashOf(published)),
  );
  expect(report).toEqual({ translations: 2, ofAnotherLog: 0, faults: [] });
  expect(translationLines(report)).toEqual(['translations:  2 are of texts of the log']);
  expect(translationLines(await checked())).toEqual([]);
});

test('a forged one is named: of another entry, of no text, of none that the log has, or of a later one', async () => {
  const right = translated(5, 'comment', 0, hashOf(posted));
  const later = recorded(12, 'comment-c1', 3, 'CommentEdited.v1');
  const { faults } = await checked(
    right,
    translated(6, 'comment', 0, hashOf(edited)),
    translated(7, 'comment', 2, hashOf(decided)),
    translated(8, 'post', 9, hashOf(published)),
    translated(9, 'comment', 3, hashOf(later)),
    translated(10, 'comment', -1, 'x'),
    translated(11, 'comment', Number.NaN, 'x'),
    later,
  );
  expect(faults.map((fault) => [/position (\d+)/.exec(fault)?.[1], fault.includes('names another entry')])).toEqual([
    ['6', true],
    ['7', false],
    ['8', false],
    ['9', false],
    ['10', false],
    ['11', false],
  ]);
});

test('those from before a copy to another database are told, and no fault', async () => {
  const report = await checked(
    translated(5, 'comment', 0, 'of the database before'),
    translated(6, 'comment', 0, hashOf(posted)),
  );
  expect(report).toEqual({ translations: 2, ofAnotherLog: 1, faults: [] });
  expect(translationLines(report)).toEqual([expect.stringContaining('1 name an entry of another log')]);
});
