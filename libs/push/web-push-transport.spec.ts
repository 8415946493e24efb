import dns from 'node:dns';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { PushTestDevice } from '../../test/support/push-device.ts';
import { PushTestService } from '../../test/support/push-service.ts';
import type { PushContent } from './port.ts';
import { vapidKeysFrom } from './vapid.ts';
import { WebPushTransport } from './web-push-transport.ts';

const content: PushContent = { text: '{"a":1}', topic: 'topic', ttl: 60, urgency: 'normal' };
const keys = vapidKeysFrom('a secret', 'push');

const { lookup } = dns;

let service: PushTestService;
let transport: WebPushTransport;
/** One on this machine that nobody may connect to. */
let inside: Server;
let connections = 0;

beforeAll(async () => {
  service = await PushTestService.start();
  service.publicKey = keys.publicKey;
  transport = new WebPushTransport({
    keys: () => keys,
    contact: () => 'mailto:forum@forum.example',
    allowed: [service.origin],
    patienceMs: 300,
  });
  inside = createServer(() => {
    connections += 1;
  });
  inside.listen(0, '127.0.0.1');
  await once(inside, 'listening');
});
afterEach(() => {
  service.takeAll();
  Object.defineProperty(dns, 'lookup', { value: lookup, configurable: true, writable: true });
  syncBuiltinESMExports();
});
afterAll(async () => {
  transport.close();
  inside.close();
  await service.close();
  expect([service.faults, connections]).toEqual([[], 0]);
});

/** Where a name leads from now on. */
function named(address: string): void {
  const answer = (_: unknown, options: { readonly all?: boolean }, done: (...given: unknown[]) => void): void => {
    if (options.all === true) done(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    else done(null, address, address.includes(':') ? 6 : 4);
  };
  Object.defineProperty(dns, 'lookup', { value: answer, configurable: true, writable: true });
  syncBuiltinESMExports();
}

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it listens on no port');
  return address.port;
};

test('a push is encrypted for its device alone', async () => {
  await transport.send(service.device('a').wish, content);
  expect(service.received.at(-1)?.payload).toEqual({ a: 1 });
});

test.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', '0.0.0.0', '168.63.129.16'])(
  'a name that leads to %s when it is connected to is not asked',
  async (address) => {
    named(address);
    const { wish } = new PushTestDevice(`https://push.example:${portOf(inside)}/send`);
    await expect(transport.send(wish, content)).rejects.toMatchObject({ reason: 'PRIVATE', kind: 'final' });
  },
);

test('an address that was never allowed is not asked, whatever was registered', async () => {
  for (const endpoint of [`http://127.0.0.1:${portOf(inside)}/`, `https://localhost:${portOf(inside)}/`]) {
    const { wish } = new PushTestDevice(endpoint);
    await expect(transport.send(wish, content)).rejects.toMatchObject({ reason: 'PRIVATE', kind: 'final' });
  }
});

test('a push service that does not answer, or letter by letter, is left in time', async () => {
  const { wish } = service.device('slow');
  service.answering = () => undefined;
  await expect(transport.send(wish, content)).rejects.toMatchObject({ reason: 'TIMEOUT', kind: 'later' });
  service.answering = (_, answer) => {
    answer.writeHead(201);
    const letters = setInterval(() => answer.write('x'), 20);
    answer.once('close', () => clearInterval(letters));
  };
  await expect(transport.send(wish, content)).rejects.toMatchObject({ reason: 'TIMEOUT', kind: 'later' });
});

test('one that refuses connections is tried again later', async () => {
  const gone = await PushTestService.start();
  const allowed = [gone.origin];
  const away = new WebPushTransport({ keys: () => keys, contact: () => 'mailto:a@b.example', allowed });
  const { wish } = gone.device('away');
  await gone.close();
  await expect(away.send(wish, content)).rejects.toMatchObject({ reason: 'ECONNREFUSED', kind: 'later' });
  away.close();
});
