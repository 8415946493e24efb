/**
 * One who asks how the forum is and, when there is a `post`, writes, in a process of its own, whatever others do meanwhile:
 * `node probe-load.ts '<Probe as JSON>'` prints `ready`, and a ProbeResult on SIGTERM.
 */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

export interface Probe {
  readonly address: string;
  readonly post: { readonly id: string; readonly token: string } | null;
}

/** Milliseconds of each answer; FAILED_MS for one that is not what was asked for. */
export interface ProbeResult {
  readonly health: readonly number[];
  readonly posts: readonly number[];
}

export const FAILED_MS = 1e9;
const HEALTH_EVERY_MS = 50;
/** Each comment goes to everybody who follows the thread. */
const POST_EVERY_MS = 500;

const probe: Probe = JSON.parse(process.argv[2] ?? '');
const [health, posts]: [number[], number[]] = [[], []];
process.on('SIGTERM', () => {
  const result: ProbeResult = { health, posts };
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
});
process.stdout.write('ready\n');
void onAndOn(health, HEALTH_EVERY_MS, () => ask('GET', '/health/live'));
const { post } = probe;
if (post !== null) {
  let count = 0;
  void onAndOn(posts, POST_EVERY_MS, () => {
    count += 1;
    const body = JSON.stringify({ id: crypto.randomUUID(), body: `Meanwhile, for the ${count}. time.` });
    return ask('POST', `/api/v1/posts/${post.id}/comments`, { body, token: post.token });
  });
}

async function onAndOn(times: number[], everyMs: number, once: () => Promise<boolean>): Promise<void> {
  for (;;) {
    const sent = performance.now();
    times.push((await once()) ? performance.now() - sent : FAILED_MS);
    await pause(everyMs);
  }
}

/** Over a connection of its own, as one who comes now. */
function ask(
  method: string,
  path: string,
  { body, token }: { readonly body?: string; readonly token?: string } = {},
): Promise<boolean> {
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve) => {
    const asked = request(`${probe.address}${path}`, { method, headers, agent: new Agent() }, (answer) => {
      const { statusCode = 0 } = answer;
      answer.resume().once('end', () => resolve(statusCode >= 200 && statusCode < 300));
    });
    asked.once('error', () => resolve(false));
    asked.end(body);
  });
}
