import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MOST_UNDER_WAY, OpenConnections } from './open-connections.ts';

const UPGRADE = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

it('ends connections that HTTP has given away, which Node.js does not', async () => {
  const server = createServer();
  const connections = new OpenConnections(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const client = connect(address.port, address.address);
  const upgraded = once(server, 'upgrade');
  client.write(UPGRADE);
  await upgraded;
  client.pause();

  connections.endAll();

  // It resolves at all: nothing else ends the connection of an idle client.
  await new Promise((resolve) => server.close(resolve));
  client.destroy();
  expect(server.listening).toBe(false);
}, 30_000);

describe('what one connection asks before it is answered', () => {
  const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

  let server: Server;
  let client: Socket;
  let answers: number;
  let waiting: ServerResponse[];

  beforeEach(async () => {
    [answers, waiting] = [0, []];
    server = createServer();
    new OpenConnections(server);
    server.on('request', (_request, response) => waiting.push(response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
    client = connect(address.port, address.address);
    client.setEncoding('latin1');
    client.on('data', (text: string) => {
      answers += text.split('HTTP/1.1 200').length - 1;
    });
    client.on('error', () => undefined);
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  }

  it('is answered, as long as it is no more than one may have under way', async () => {
    for (let round = 1; round <= 3; round += 1) {
      client.write(REQUEST.repeat(MOST_UNDER_WAY));
      await until(() => waiting.length === MOST_UNDER_WAY);
      for (const response of waiting.splice(0)) response.end('here');
      await until(() => answers === round * MOST_UNDER_WAY);
    }
    expect(client.destroyed).toBe(false);
  });

  it('ends the connection when it is more, and nobody hears of the rest', async () => {
    client.write(REQUEST.repeat(4_000));
    await until(() => client.closed);

    expect(waiting).toHaveLength(MOST_UNDER_WAY);
  });
});
