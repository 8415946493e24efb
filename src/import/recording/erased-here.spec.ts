import { describe, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { EmailNames } from '../../commands/email-name.ts';
import { ErasedHere } from './erased-here.ts';

const names = new EmailNames(() => 'a key');

function hereAfter(...marks: readonly string[]): ErasedHere {
  const event: RecordedEvent = {
    id: 'e1',
    stream: 'erasure-1',
    revision: 0n,
    position: 1n,
    type: 'ErasureRemembered.v1',
    data: { erasureId: '1', marks },
    actor: 'system',
    occurredAt: '2026-11-28T06:00:00.000Z',
    recordedAt: '2026-11-28T06:00:00.000Z',
    correlationId: 'c',
    causationId: null,
    sealed: null,
  };
  const readAll = async function* () {
    yield event;
  };
  return new ErasedHere({ head: async () => 1n, readAll }, names);
}

async function leftOutOf(here: ErasedHere, ...addresses: readonly string[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const email of addresses)
    if (await here.has({ displayName: 'Any', email, url: null }, 'disqus')) left.push(email);
  return left;
}

const SPELLINGS = ['A@Mail.Example', 'a+b@mail.example', 'a+c@mail.example', 'b@mail.example'];

describe('an erasure by an address', () => {
  test.each([
    ['a@mail.example', ['A@Mail.Example']],
    ['a+b@mail.example', ['a+b@mail.example']],
  ])('of %s is about that address alone, in any case', async (email, leftOut) => {
    const here = hereAfter(...names.erased({ email, name: null, source: null }));
    expect(await leftOutOf(here, ...SPELLINGS)).toEqual(leftOut);
  });

  test('knows dots for other addresses too', async () => {
    const here = hereAfter(...names.erased({ email: 'somchai@gmail.com', name: null, source: 'disqus' }));
    expect(await leftOutOf(here, 'som.chai@gmail.com', 'somchai@gmail.com')).toEqual(['somchai@gmail.com']);
  });

  test('by an older version holds for each spelling of the mailbox, since it does not tell which was meant', async () => {
    const here = hereAfter(...names.erasedBefore({ email: 'a+b@mail.example', source: null }));
    expect(await leftOutOf(here, ...SPELLINGS)).toEqual(SPELLINGS.slice(0, 3));
  });
});
