import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import { OpenConnections } from './open-connections.ts';

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
