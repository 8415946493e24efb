/**
 * Many live readers of one scene, in a process of its own: `node live-load.ts '<LiveLoad as JSON>'`. One change comes after
 * the other; for each, the milliseconds from its sending until the last reader has it. Prints a LiveResult.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { mainThreadMs } from '../measure.ts';
import { type ChangesPayload, commentOf, play, type Scene } from './live-scenes.ts';
import { longestPauseMs, within } from './live-sockets.ts';

export interface LiveAmounts {
  readonly readers: number;
  readonly changes: number;
  /** Changes that come first and are not counted. */
  readonly warmUp: number;
  /** Milliseconds from when the last reader has a change until the next is sent; none unless told. */
  readonly apartMs?: number;
}

export interface LiveLoad extends LiveAmounts {
  readonly address: string;
  /** The server's process, whose work is told. */
  readonly pid: number;
  readonly scene: Scene;
}

export interface LiveResult {
  readonly milliseconds: readonly number[];
  /** What a change took of the processors on the server's main thread, on average, in milliseconds. */
  readonly workMs: number;
  /** The message that told of a change, and what one reader was sent with it. */
  readonly message: string;
  readonly payload: ChangesPayload;
  /** The longest time for which this process could not go on: what the machine kept from it, not the server. */
  readonly longestPauseMs: number;
}

const load: LiveLoad = JSON.parse(process.argv[2] ?? '');
const AT_ONCE = 50;

const scene = await play(load.address, load.scene);
const readers: Socket[] = [];
while (readers.length < load.readers) {
  const joined = readers.length;
  const missing = Math.min(AT_ONCE, load.readers - joined);
  readers.push(...(await Promise.all(Array.from({ length: missing }, (_, at) => scene.join(joined + at)))));
}

const told = scene.told?.(readers.length) ?? readers.length;
let reached = 0;
let awaited = '';
let last: ChangesPayload = { changes: [] };
let allHaveIt = (): void => undefined;
for (const reader of readers) {
  reader.on(scene.message, (payload: ChangesPayload) => {
    if (!payload.changes.some((change) => commentOf(change) === awaited)) return;
    last = payload;
    reached += 1;
    if (reached === told) allHaveIt();
  });
}

async function sendAndWait(number: number): Promise<number> {
  const { commentId, send } = scene.change(number);
  reached = 0;
  awaited = commentId;
  let acknowledged = false;
  const everybody = new Promise<void>((resolve) => {
    allHaveIt = resolve;
  });
  const started = performance.now();
  const [took] = await Promise.all([
    within(everybody, () => `${reached} of ${told} have the change; acknowledged: ${acknowledged}`).then(
      () => performance.now() - started,
    ),
    send().then(() => {
      acknowledged = true;
    }),
  ]);
  return took;
}

const milliseconds: number[] = [];
let workBefore = Number.NaN;
for (let number = 0; number < load.warmUp + load.changes; number += 1) {
  if (number === load.warmUp) workBefore = mainThreadMs(load.pid);
  const took = await sendAndWait(number);
  if (load.apartMs !== undefined) await pause(load.apartMs);
  if (number >= load.warmUp) milliseconds.push(took);
}
const workMs = (mainThreadMs(load.pid) - workBefore) / load.changes;
const result: LiveResult = {
  milliseconds,
  workMs,
  message: scene.message,
  payload: last,
  longestPauseMs: longestPauseMs(),
};
process.stdout.write(JSON.stringify(result), () => process.exit(0));
