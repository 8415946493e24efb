import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newEvents } from '../contract/new-events.ts';
import { CommitSignal, newCommitSignal } from './commit-signal.ts';
import { openSqliteEventReader, openSqliteEventStore, type SqliteEventStore } from './event-store.ts';
import { type FileWatch, SqliteStreamWatches } from './stream-watches.ts';

describe('watches over the log in a file', () => {
  let folder: string;
  let store: SqliteEventStore;
  let another: SqliteEventStore;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'colloquy-watches-'));
    store = await openSqliteEventStore({ file: join(folder, 'log.db') });
    another = await openSqliteEventStore({ file: join(folder, 'log.db') });
  });
  afterEach(async () => {
    await store.close();
    await another.close();
    rmSync(folder, { recursive: true });
  });

  const watched = (streams: readonly string[]): (() => readonly boolean[]) => {
    const watches = streams.map((stream) => store.watchStream?.(stream));
    return () => watches.map((watch) => watch?.isCurrent() === true);
  };

  test('a stream that this process appends to is not as it was; all others are', async () => {
    await store.append('a', newEvents(1), 'no-stream');
    const current = watched(['a', 'b', 'c']);
    const appending = store.append('b', newEvents(2), 'no-stream');
    expect(current()).toEqual([true, false, true]);
    expect(store.watchStream?.('b').isCurrent()).toBe(false);
    await appending;
    expect(current()).toEqual([true, false, true]);
    expect(store.watchStream?.('b').isCurrent()).toBe(true);
  });

  test('an append that conflicts, and one of several at once, leave the stream to be watched again', async () => {
    const outcomes = await Promise.allSettled([
      store.append('a', newEvents(1), 'no-stream'),
      store.append('a', newEvents(1), 'no-stream'),
      store.append('a', newEvents(1), 5n),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(watched(['a'])()).toEqual([true]);
  });

  test('once another process has written, nothing that was read before is trusted', async () => {
    const before = watched(['a', 'b']);
    await another.append('a', newEvents(1), 'no-stream');
    expect(before()).toEqual([false, false]);

    const between = watched(['a', 'b']);
    expect(between()).toEqual([true, true]);
    await store.append('b', newEvents(1), 'no-stream');
    await another.append('c', newEvents(1), 'no-stream');
    await store.append('b', newEvents(1), 0n);
    expect(between()).toEqual([false, false]);
    const after = watched(['a', 'b', 'c']);
    await store.append('d', newEvents(1), 'no-stream');
    expect(after()).toEqual([true, true, true]);
  });

  test('a log that was opened for reading offers none', () => {
    const reader = openSqliteEventReader({ file: join(folder, 'log.db'), signal: store.commitSignal });
    expect(reader.watchStream).toBeUndefined();
    return reader.close();
  });
});

test('strangers’ events that the writer found before anybody looked end every watch', async () => {
  const signal = new CommitSignal(newCommitSignal());
  let head = 0n;
  const watches = new SqliteStreamWatches(signal, () => head);
  const own: FileWatch = watches.watch('a');
  await nextQuestion();
  head = 1n;
  signal.committed({ found: 0n, through: 1n });
  expect(own.isCurrent()).toBe(true);
  await nextQuestion();
  head = 3n;
  signal.committed({ found: 2n, through: 3n });
  expect(own.isCurrent()).toBe(false);
});

test('only so many streams are watched: the first of them makes room', () => {
  const watches = new SqliteStreamWatches(new CommitSignal(newCommitSignal()), () => 0n);
  const first = watches.watch('first');
  for (let number = 1; number < 50_000; number += 1) watches.watch(`stream-${number}`);
  expect(first.isCurrent()).toBe(true);
  expect(watches.watch('one more').isCurrent()).toBe(true);
  expect(first.isCurrent()).toBe(false);
});

/** Resolves in another turn, since one look serves all questions of a turn. */
function nextQuestion(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
