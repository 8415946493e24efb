import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { AnsweringThread } from './index.ts';

const dir = mkdtempSync(join(tmpdir(), 'answering-'));
const PROGRAM = pathToFileURL(join(dir, 'double.worker.mjs'));
const OURS = new URL('./index.ts', import.meta.url).href;
/** Tells in which life of the thread it answers, and ends on a wish. */
writeFileSync(
  PROGRAM,
  `import { threadId } from 'node:worker_threads';
  import { answerQuestions } from '${OURS}';
  answerQuestions((question) => {
    if (question === 'fail') throw new Error('as it was asked to');
    return question + ' by ' + threadId;
  });`,
);
afterAll(() => rmSync(dir, { recursive: true }));

const opened: AnsweringThread<string, string>[] = [];
function newThread(endsAfter?: number, atOnce?: number): AnsweringThread<string, string> {
  const instead = (question: string): string => `${question} instead`;
  const thread = new AnsweringThread({
    program: PROGRAM,
    name: 'double',
    instead,
    ...(endsAfter !== undefined && { endsAfter }),
    ...(atOnce !== undefined && { atOnce }),
  });
  opened.push(thread);
  return thread;
}
afterEach(async () => {
  for (const thread of opened.splice(0)) await thread.close();
});

/** Of this process; only Linux tells them. */
const threads = (): number => readdirSync('/proc/self/task').length;

describe('a thread that answers', () => {
  it('gives each question its own answer, all from one life of it', async () => {
    const thread = newThread();
    const asked = Array.from({ length: 20 }, (_, n) => thread.ask(`${n}`));
    expect(thread.waiting).toBe(20);
    const answers = await Promise.all(asked);
    const [, life] = (answers[0] ?? '').split(' by ');
    expect(answers).toEqual(answers.map((_, n) => `${n} by ${life}`));
    expect(thread.waiting).toBe(0);
    expect(await thread.ask('later')).toBe(`later by ${life}`);
  });

  it('that fails leaves nobody waiting, and another one takes the next question', async () => {
    const thread = newThread();
    const first = await thread.ask('one');
    expect(await Promise.all([thread.ask('fail'), thread.ask('two')])).toEqual(['fail instead', 'two instead']);
    const next = await thread.ask('three');
    expect(next).toMatch(/^three by \d+$/);
    expect(next.split(' ').at(-1)).not.toBe(first.split(' ').at(-1));
  });

  it('that cannot even begin leaves nobody waiting', async () => {
    const program = pathToFileURL(join(dir, 'missing.mjs'));
    const thread = new AnsweringThread({ program, name: 'missing', instead: (n: number) => -n });
    expect(await Promise.all([thread.ask(1), thread.ask(2)])).toEqual([-1, -2]);
  });

  it('ends when nothing waits, where it is wished so, and what is asked right then is answered by another one', async () => {
    const thread = newThread(0);
    const lives = new Set<string | undefined>();
    for (const question of ['one', 'two', 'three']) lives.add((await thread.ask(question)).split(' by ')[1]);
    expect(lives.size).toBe(3);
  });

  it('ends some time after its last question, where it is wished so, and not before', async () => {
    const thread = newThread(300);
    const first = await thread.ask('one');
    const began = performance.now();
    const lives = new Set<string | undefined>();
    while (performance.now() - began < 600) lives.add((await thread.ask('next')).split(' by ')[1]);
    expect([...lives]).toEqual([first.split(' by ')[1]]);
    const ended = threads();
    while (threads() === ended) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await thread.ask('later')).split(' by ')[1]).not.toBe(first.split(' by ')[1]);
  });

  it.each([
    [undefined, ['one', 'two', 'four', 'three']],
    [1, ['one', 'four', 'two', 'three']],
    [3, ['one', 'two', 'three', 'four']],
  ])('is asked first what goes first, of all that it has not got yet: %p at once', async (atOnce, expected) => {
    const thread = newThread(undefined, atOnce);
    const order: string[] = [];
    const told = (question: string, goesFirst: boolean): Promise<number> =>
      thread.ask(question, { goesFirst }).then(() => order.push(question));
    await Promise.all([...['one', 'two', 'three'].map((question) => told(question, false)), told('four', true)]);
    expect(order).toEqual(expected);
  });

  it('once closed leaves nobody waiting', async () => {
    const thread = newThread();
    const asked = [thread.ask('one'), thread.ask('two')];
    await thread.close();
    expect((await Promise.all(asked)).map((answer) => answer.split(' ')[0])).toEqual(['one', 'two']);
  });
});
