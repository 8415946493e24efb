import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MEASURED_SETTINGS, type ServedForum, type ServeOptions, serveForum } from '../support/served-forum.ts';

/** By how much a server's main thread was late, over and over, from when it was ready until it ended. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly mostMs: number;
}

const preload = resolve(import.meta.dirname, 'loop-delay.cjs');
const delays: LoopDelay[] = [];
let served = 0;

/** A server as it is deployed, whose event loop is watched; what was seen is kept for `takeLoopDelays` once it has ended by itself. */
export async function serveMeasured(options: ServeOptions = {}): Promise<ServedForum> {
  served += 1;
  const file = join(tmpdir(), `colloquy-loop-${process.pid}-${served}.json`);
  const given = options.env?.['NODE_OPTIONS'] ?? process.env['NODE_OPTIONS'] ?? '';
  const watching = { NODE_OPTIONS: `${given} --require=${preload}`, LOOP_DELAY_FILE: file };
  const forum = await serveForum({ ...options, env: { ...MEASURED_SETTINGS, ...options.env, ...watching } });
  forum.process.kill('SIGUSR2');
  return {
    ...forum,
    end: async (signal) => {
      const ended = await forum.end(signal);
      keep(file);
      return ended;
    },
  };
}

/** Of the servers that ended since this was last asked. */
export function takeLoopDelays(): readonly LoopDelay[] {
  return delays.splice(0);
}

function keep(file: string): void {
  try {
    const { p99, most } = JSON.parse(readFileSync(file, 'utf8'));
    delays.push({ p99Ms: p99 / 1e6, mostMs: most / 1e6 });
  } catch {
    // Killed, or ended before its first turn.
  }
  rmSync(file, { force: true });
}
