import { expect, test } from '@jest/globals';
import type { ReplayWish } from '../acts/auditing/replaying.ts';
import { ReplayTurns } from './replay-turns.ts';

/** Works that end when they are told to; `begun` names those that have begun, in order. */
function works() {
  const turns = new ReplayTurns();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (subject: string, wish: ReplayWish = {}): Promise<string> =>
    turns.take({ kind: 'verification', subject }, wish, () => {
      begun.push(subject);
      const { promise, resolve } = Promise.withResolvers<string>();
      ends.set(subject, () => resolve(`${subject} is over`));
      return promise;
    });
  return { turns, begun, take, end: (subject: string) => ends.get(subject)?.() };
}

const CONFLICT = { code: 'conflict', retryAfterSeconds: 10 };

test('what is asked for waits for the end of what the forum does by itself, and is told as under way', async () => {
  const { turns, begun, take, end } = works();
  const own = take('thread', { own: true });
  expect(turns.underway()).toBeNull();
  const asked = take('post-list');
  expect(turns.underway()).toEqual({ kind: 'verification', subject: 'post-list', progress: null });
  expect(begun).toEqual(['thread']);
  end('thread');
  expect(await own).toBe('thread is over');
  await new Promise((resolve) => setImmediate(resolve));
  expect(begun).toEqual(['thread', 'post-list']);
  end('post-list');
  expect(await asked).toBe('post-list is over');
  expect(turns.underway()).toBeNull();
});

test('behind what somebody asked for everything is refused, also while that waits itself', async () => {
  const { take, end } = works();
  const own = take('thread', { own: true });
  await expect(take('members', { own: true })).rejects.toMatchObject(CONFLICT);
  const asked = take('post-list');
  await expect(take('members')).rejects.toMatchObject(CONFLICT);
  end('thread');
  await own;
  await expect(take('members')).rejects.toMatchObject(CONFLICT);
  await expect(take('members', { own: true })).rejects.toMatchObject(CONFLICT);
  end('post-list');
  await asked;
  const next = take('members', { own: true });
  end('members');
  expect(await next).toBe('members is over');
});

test('who goes away while waiting leaves their turn to others', async () => {
  const { begun, take, end } = works();
  const own = take('thread', { own: true });
  const gone = new AbortController();
  const asked = take('post-list', { signal: gone.signal });
  gone.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  const next = take('members');
  end('thread');
  await own;
  await new Promise((resolve) => setImmediate(resolve));
  end('members');
  expect(await next).toBe('members is over');
  expect(begun).toEqual(['thread', 'members']);
});
