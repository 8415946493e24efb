import { expect, test } from '@jest/globals';
import { begunMention, offeredTo, peopleOf } from './people.ts';

const member = (handle: string, displayName: string) => ({ author: { id: handle, handle, displayName } });
const guest = { author: { id: null, displayName: 'Guest', guest: true as const } };

test('people are those who wrote, the newest first, each once, and no guests', () => {
  const comments = [
    member('linh', 'Nguyễn Lính'),
    member('dao', 'Đào'),
    guest,
    { author: null },
    member('linh', 'Nguyễn Lính'),
  ];
  const people = peopleOf(comments);
  expect(people.map(({ handle }) => handle)).toEqual(['linh', 'dao']);
  expect(offeredTo(people, 'LIN').map(({ handle }) => handle)).toEqual(['linh']);
  expect(offeredTo(people, 'ngu').map(({ handle }) => handle)).toEqual(['linh']);
  expect(offeredTo(people, '')).toHaveLength(2);
  expect(offeredTo(people, 'x')).toEqual([]);
});

test.each([
  ['@', { at: 0, typed: '' }],
  ['hello @li', { at: 6, typed: 'li' }],
  ['(@đào', { at: 1, typed: 'đào' }],
  ['a@b', null],
  ['@li ', null],
  [`@${'x'.repeat(40)}`, null],
])('%j begins a mention: %j', (text, expected) => {
  expect(begunMention(text, text.length)).toEqual(expected);
});
