/**
 * Load over HTTP, in a process of its own: `node http-load.ts '<HttpLoad as JSON>'` prints the requests a second that
 * were answered 2xx. Any other answer ends it with an error.
 */

import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

export interface HttpLoad {
  /** The connections are spread over all of them evenly. */
  readonly addresses: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** A file with a JSON array: for each connection (in turn) the requests that it repeats in order. */
  readonly requestsFile: string;
}

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const load: HttpLoad = JSON.parse(process.argv[2] ?? '');
const sequences: LoadRequest[][] = JSON.parse(readFileSync(load.requestsFile, 'utf8'));
let started = 0;

const results = await Promise.all(
  load.addresses.map((url) =>
    autocannon({
      url,
      connections: load.connections / load.addresses.length,
      duration: load.seconds,
      requests: sequences[0] ?? [],
      setupClient: (client) => {
        client.setRequests(sequences[started++ % sequences.length] ?? []);
      },
    }),
  ),
);
for (const { non2xx, errors, statusCodeStats } of results.filter((result) => result.non2xx > 0 || result.errors > 0)) {
  process.stderr.write(`${non2xx} answers were not 2xx, ${errors} errors ${JSON.stringify(statusCodeStats)}\n`);
  process.exitCode = 1;
}
process.stdout.write(`${results.reduce((sum, result) => sum + result['2xx'] / result.duration, 0)}\n`);
