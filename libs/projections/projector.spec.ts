import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { countingViews } from '../../test/views/counting-views.ts';
import { type EventBatch, type RecordedEvent, StoreUnavailable } from '../event-store/index.ts';
import type { FromProjector } from './messages.ts';
import type { LogReader } from './port.ts';
import { Projector } from './projector.ts';
import { openViewForWriting, viewFile } from './view-file.ts';
import { ViewWriter } from './view-writer.ts';

const [careful, eager] = countingViews;

let dir: string;
let told: FromProjector[];
let end: AbortController;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-projector-'));
  told = [];
  end = new AbortController();
});
afterEach(() => rmSync(dir, { recursive: true }));

function event(position: bigint, stream: string, type = 'Seen.v1'): RecordedEvent {
  const times = { recordedAt: '2015-10-01T00:00:00.000Z', occurredAt: '2015-10-01T00:00:00.000Z' };
  const origin = { actor: 'system', correlationId: stream, causationId: null };
  return { id: `${position}`, type, stream, revision: 0n, position, ...times, ...origin, data: null, sealed: null };
}

/** A log whose subscriptions are these, one after the other: batches, or an error at their end; then it ends the run. */
function logOf(subscriptions: readonly (readonly (EventBatch | Error)[])[]): LogReader & { readonly asked: bigint[] } {
  const asked: bigint[] = [];
  return {
    asked,
    async *subscribe({ after }) {
      const batches = subscriptions[asked.length];
      asked.push(after);
      if (!batches) return end.abort();
      for (const batch of batches) {
        if (batch instanceof Error) throw batch;
        yield batch;
      }
    },
    async *readAll() {},
    head: async () => 0n,
    close: async () => undefined,
  };
}

/** A log that gives whatever was recorded since, and ends with the run. */
function growing(recorded: RecordedEvent[]): LogReader {
  return {
    ...logOf([]),
    async *subscribe() {
      while (!end.signal.aborted) {
        const events = recorded.splice(0);
        const last = events.at(-1);
        if (last) yield { events, position: last.position, caughtUp: true };
        else await nextTurn();
      }
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await nextTurn();
}

async function run(log: LogReader, definitions = countingViews, gathersMs = 0): Promise<void> {
  const views = definitions.map((definition) => {
    const file = viewFile(dir, definition, 1);
    return new ViewWriter(definition, file, openViewForWriting(file, definition));
  });
  const projector = new Projector({ log, definitions, gathersMs }, views, (message) => told.push(message));
  await projector.run(end.signal);
  await projector.close();
}

const commits = () =>
  told.flatMap((message) => (message.kind === 'projected' ? [[message.position, message.projected[0]?.changes]] : []));

describe('the projector', () => {
  it('commits an append whole, even when the log gives it in two batches', async () => {
    const whole = [event(1n, 'a'), event(2n, 'b'), event(3n, 'b'), event(4n, 'c')];
    await run(
      logOf([
        [
          { events: whole.slice(0, 2), position: 2n, caughtUp: false },
          { events: whole.slice(2), position: 4n, caughtUp: true },
        ],
      ]),
    );

    expect(commits()).toEqual([
      [1n, ['a']],
      [4n, ['b', 'b', 'c']],
    ]);
  });

  it('lets events come together for a while where it is to gather them, once it is at the end of the log', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const recorded = [event(1n, 'a')];
    const running = run(growing(recorded), countingViews, 50);
    await until(() => commits().length === 1);
    recorded.push(event(2n, 'b'));
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    recorded.push(event(3n, 'c'));
    await jest.advanceTimersByTimeAsync(50);
    await until(() => commits().length > 1);
    end.abort();
    jest.useRealTimers();
    await running;

    expect(commits()).toEqual([
      [1n, ['a']],
      [3n, ['b', 'c']],
    ]);
  });

  it('takes the log up again from its checkpoint when the subscription ends or fails', async () => {
    const away = new StoreUnavailable('unreachable', 'the log is away');
    const log = logOf([
      [{ events: [event(1n, 'a'), event(2n, 'a')], position: 2n, caughtUp: false }, away],
      [],
      [{ events: [event(1n, 'a'), event(2n, 'a')], position: 2n, caughtUp: true }],
      [{ events: [], position: 5n, caughtUp: true }, away],
    ]);
    await run(log);

    expect(log.asked).toEqual([0n, 2n, 2n, 2n, 5n]);
    expect(commits()).toEqual([
      [2n, ['a', 'a']],
      [2n, undefined],
      [5n, undefined],
    ]);
    expect(told.filter(({ kind }) => kind === 'problem')).toHaveLength(2);
  });

  it('tells what was committed before another view failed once that one has caught up', async () => {
    if (!careful || !eager) throw new Error('there are two counting views');
    let failures = 1;
    const failing = {
      ...eager,
      open: (db: Parameters<typeof eager.open>[0]) => {
        const project = eager.open(db);
        return Object.assign((seen: RecordedEvent) => project(seen), {
          flush: () => {
            if (failures-- > 0) throw new Database.SqliteError('disk full', 'SQLITE_FULL');
            return [];
          },
        });
      },
    };
    const batch = { events: [event(1n, 'a')], position: 1n, caughtUp: true };
    await run(logOf([[batch], [batch]]), [careful, failing]);

    expect(told.map(({ kind }) => kind)).toEqual(['problem', 'projected']);
    expect(told[1]).toMatchObject({
      position: 1n,
      projected: [
        { view: 'careful', changes: ['a'] },
        { view: 'eager', changes: ['a'] },
      ],
    });
  });
});
