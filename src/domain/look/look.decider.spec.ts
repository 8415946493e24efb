import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { RecordExport, RecordLook } from './look.commands.ts';
import { lookDecider, MOST_NAMED } from './look.decider.ts';
import type { Exported, HiddenSeen } from './look.events.ts';

const wish = {
  lookId: 'l1',
  memberId: 'sokha',
  place: 'queue',
  subject: 'held',
  texts: [
    { commentId: 'c1', revision: 0 },
    { commentId: 'c2', revision: null },
  ],
  members: [],
} as const;
const seen: HiddenSeen = { type: 'HiddenSeen.v2', data: { ...wish, more: 0 }, personal: null };
const taken: Exported = {
  type: 'Exported.v1',
  data: {
    exportId: 'e1',
    memberId: null,
    what: 'events',
    format: 'ndjson',
    filter: { type: 'PolicySet.v1' },
    until: '7',
  },
  personal: null,
};
const nothing = given(lookDecider, []);

test('a look is recorded once', () => {
  nothing.when(new RecordLook(wish, metaOf()), null).then([seen]);
  given(lookDecider, [seen]).when(new RecordLook(wish, metaOf()), null).then([]);
});

test('of very many things the first are named, the others counted', () => {
  const ids = Array.from({ length: MOST_NAMED + 3 }, (_, at) => `c${at}`);
  const texts = ids.map((commentId) => ({ commentId, revision: 0 }));
  const named = { ...wish, texts: texts.slice(0, MOST_NAMED), members: ids.slice(0, MOST_NAMED), more: 6 };
  nothing.when(new RecordLook({ ...wish, texts, members: ids }, metaOf()), null).then([{ ...seen, data: named }]);
});

test('an export is recorded once, also one that nobody signed in for', () => {
  nothing.when(new RecordExport(taken.data, metaOf()), null).then([taken]);
  given(lookDecider, [taken]).when(new RecordExport(taken.data, metaOf()), null).then([]);
});
