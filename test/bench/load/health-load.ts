/**
 * Asks for /health/live over a new connection each time, in a process of its own: `node health-load.ts '<address>'`
 * prints `ready`, and on SIGTERM the milliseconds of each answer as a JSON array; a failure counts as Infinity would.
 */
import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 50;
/** What a failed or other answer counts as, in milliseconds. */
const FAILED_MS = 1e9;

const address = process.argv[2] ?? '';
const times: number[] = [];
process.on('SIGTERM', () => process.stdout.write(`${JSON.stringify(times)}\n`, () => process.exit(0)));
process.stdout.write('ready\n');
for (;;) {
  const sent = performance.now();
  const status = await ask();
  times.push(status === 200 ? performance.now() - sent : FAILED_MS);
  await pause(EVERY_MS);
}

function ask(): Promise<number> {
  return new Promise((resolve) => {
    get(`${address}/health/live`, { agent: new Agent() }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    }).once('error', () => resolve(0));
  });
}
