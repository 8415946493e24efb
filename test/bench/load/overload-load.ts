/**
 * Readers that ask on and on, in a process of its own: `node overload-load.ts '<OverloadLoad as JSON>'` prints an
 * OverloadResult. Each connection asks again as soon as it was answered or refused.
 */
import { Agent, request } from 'node:http';

export interface OverloadLoad {
  readonly address: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent with POST; a GET without it. */
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface OverloadResult {
  /** Of each answer 2xx, milliseconds. */
  readonly accepted: readonly number[];
  readonly refused: number;
  /** Refusals that do not say when to ask again, other statuses, and connections that were reset. */
  readonly faults: Readonly<Record<string, number>>;
  readonly seconds: number;
}

const load: OverloadLoad = JSON.parse(process.argv[2] ?? '');
const url = new URL(load.path, load.address);
const accepted: number[] = [];
const faults: Record<string, number> = {};
let refused = 0;
const started = performance.now();
const end = started + load.seconds * 1_000;

await Promise.all(Array.from({ length: load.connections }, reader));
const result: OverloadResult = { accepted, refused, faults, seconds: (performance.now() - started) / 1_000 };
process.stdout.write(JSON.stringify(result), () => process.exit(0));

async function reader(): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (performance.now() < end) await ask(agent);
  agent.destroy();
}

function ask(agent: Agent): Promise<void> {
  const sent = performance.now();
  return new Promise((resolve) => {
    const method = load.body === undefined ? 'GET' : 'POST';
    const asked = request(url, { agent, method, headers: load.headers }, (answer) => {
      const { statusCode = 0, headers } = answer;
      answer.resume().once('end', () => {
        if (statusCode >= 200 && statusCode < 300) accepted.push(performance.now() - sent);
        else if (statusCode === 503 && headers['retry-after'] !== undefined) refused += 1;
        else count(String(statusCode));
        resolve();
      });
    });
    asked.once('error', (error: Error & { readonly code?: string }) => {
      count(error.code ?? error.message);
      resolve();
    });
    asked.end(load.body);
  });
}

function count(fault: string): void {
  faults[fault] = (faults[fault] ?? 0) + 1;
}
