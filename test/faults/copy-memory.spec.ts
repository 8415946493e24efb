import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newEvent, newStream } from '../../libs/event-store/contract/new-events.ts';
import { openSqliteEventStore } from '../../libs/event-store/index.ts';
import { makeForum } from '../support/made-forum.ts';
import { runColloquy } from '../support/run-colloquy.ts';

/** Together 96 MiB of text, or 160, which a heap of 96 MiB cannot hold beside the program. */
const EVENTS = process.env['COLLOQUY_LONG'] === undefined ? 12_000 : 20_000;
const TEXT = 'Eight kilobytes of text. '.repeat(340);
const env = { NODE_OPTIONS: '--max-old-space-size=96' };
const AT_ONCE = 500;

let forum: string;
let place: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-memory-'));
  forum = await makeForum(1);
  const store = await openSqliteEventStore({ file: join(forum, 'log.db') });
  for (let written = 0; written < EVENTS; written += AT_ONCE) {
    const append = (_: unknown, index: number) =>
      store.append(newStream(), [newEvent({ data: { text: `${written + index} ${TEXT}` } })], 'no-stream');
    await Promise.all(Array.from({ length: AT_ONCE }, append));
  }
  await store.close();
}, 120_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
  rmSync(forum, { recursive: true, force: true });
});

test('a log that is larger than the memory is backed up, restored and copied', async () => {
  const backup = join(place, 'backup');
  const events = EVENTS + 3;
  const commands: [readonly string[], string, number][] = [
    [['backup', backup], forum, events],
    [['restore', backup], join(place, 'whole'), events],
    [['restore', backup, '--until', String(EVENTS)], join(place, 'until'), EVENTS],
    [['log', 'copy', '--from', `sqlite:${forum}`, '--to', `sqlite:${join(place, 'copy')}`], forum, events],
  ];
  for (const [words, dataDir, due] of commands) {
    const { status, out, said } = await runColloquy([...words, '--json'], { dataDir, env });
    if (status !== 0) throw new Error(`${words.join(' ')}: ${status}: ${said.slice(-2_000)}`);
    const report = JSON.parse(out);
    expect(report.events ?? report.log.events).toBe(due);
  }
}, 300_000);
