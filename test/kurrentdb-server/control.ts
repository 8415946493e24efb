import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Faults } from './faults.ts';

export interface Control {
  readonly port: number;
  close(): void;
}

/** The switches of a server that is a program of its own: POST sets those in its JSON body, DELETE turns all off. */
export async function serveControl(faults: Faults, port: number): Promise<Control> {
  const http = createServer((request, response) => {
    text(request).then(
      (body) => {
        if (request.method === 'DELETE') faults.clear();
        else faults.set(JSON.parse(body));
        response.end();
      },
      () => response.destroy(),
    );
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return { port: address.port, close: () => http.close() };
}
