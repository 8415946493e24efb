import { afterEach, describe, expect, it } from '@jest/globals';
import { lineDiff } from './line-diff.ts';
import { TextDiffs } from './text-diffs.ts';
import { wholeDiff, wordDiff } from './word-diff.ts';

/** Five thousand words of one letter: as many as the longest comment has. */
const letters = (from: number): string =>
  Array.from({ length: 5_000 }, (_, at) => String.fromCharCode(97 + ((at * from + from) % 26))).join(' ');

/** Microseconds of the processor that this thread spends on it. */
function used(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  return process.threadCpuUsage(before).user;
}

const opened: TextDiffs[] = [];
function diffs(options?: ConstructorParameters<typeof TextDiffs>[0]): TextDiffs {
  const made = new TextDiffs(options);
  opened.push(made);
  return made;
}
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

describe('texts compared by words', () => {
  it('tell what changed, also where a script has no spaces', async () => {
    expect(await diffs().of('k', 'one two three', 'one four three')).toEqual([
      { kind: 'same', text: 'one ' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: 'four' },
      { kind: 'same', text: ' three' },
    ]);
    expect(wordDiff('我喜欢茶', '我喜欢咖啡').at(0)).toEqual({ kind: 'same', text: '我喜欢' });
  });

  it('are shown whole when nearly all is another text', async () => {
    const [before, after] = [letters(3), letters(7)];
    expect(await diffs().of('k', before, after)).toEqual(wholeDiff(before, after));
  });

  it('are compared once, and kept up to their bytes', async () => {
    const made = diffs({ mostBytes: 2_000 });
    const first = await made.of('k', 'one', 'two');
    expect(await made.of('k', 'one', 'two')).toBe(first);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) await made.of(key, 'one', 'two');
    const again = await made.of('k', 'one', 'two');
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });

  it('of more than may wait, those that come last are told whole and compared another time', async () => {
    const made = diffs({ mostWaiting: 1 });
    const [first, second] = await Promise.all([made.of('a', 'a b', 'a c'), made.of('b', 'a b', 'a c')]);
    expect(first).toHaveLength(3);
    expect(second).toEqual(wholeDiff('a b', 'a c'));
    expect(await made.of('b', 'a b', 'a c')).toEqual(first);
  });

  it('take no time of the thread that asks: thirty of the worst cost it a fraction of what they take', async () => {
    const made = diffs();
    await made.of('warm', 'a', 'b');
    const one = used(() => wordDiff(letters(3), letters(7)));
    const before = process.threadCpuUsage();
    await Promise.all(
      Array.from({ length: 30 }, (_, at) => made.of(`k${at}`, letters(2 * at + 1), letters(2 * at + 3))),
    );
    const { user } = process.threadCpuUsage(before);

    expect(user).toBeLessThan(10 * one);
  });
});

describe('two texts made one', () => {
  it('have every line of both, the shared ones once', async () => {
    const made = diffs();
    expect(await made.join('A\nB\nC', 'A\nX\nC')).toBe('A\nB\nX\nC');
    expect(await made.join('A', 'A')).toBe('A');
    expect(await made.join('', 'A')).toContain('A');
    expect(await made.join('A\nB', 'B\nC')).toBe('A\nB\nC');
  });

  it('stand below each other where they share next to nothing, where too many wait, and where the thread ends', async () => {
    const lines = (name: string): string => Array.from({ length: 5_000 }, (_, n) => `${name} ${n}`).join('\n');
    const [one, other] = [lines('one'), lines('other')];
    expect(await diffs().join(one, other)).toBe(`${one}\n\n${other}`);
    expect(await diffs({ mostWaiting: 0 }).join('A', 'A')).toBe('A\n\nA');
    const closed = diffs();
    const joined = closed.join('A', 'A');
    await closed.close();
    expect(['A', 'A\n\nA']).toContain(await joined);
  });

  it('of many short lines take no time of the thread that asks', async () => {
    const made = diffs();
    await made.join('warm', 'up');
    const [one, other] = ['a\nb\n'.repeat(50_000), 'b\nb\na\n'.repeat(33_000)];
    const alone = used(() => lineDiff(one, other));
    const before = process.threadCpuUsage();
    await Promise.all(Array.from({ length: 10 }, () => made.join(one, other)));
    expect(process.threadCpuUsage(before).user).toBeLessThan(3 * alone);
  });
});
