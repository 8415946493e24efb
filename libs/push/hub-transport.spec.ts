import { expect, test } from '@jest/globals';
import { HubTestServer } from '../../test/support/hub-server.ts';
import { HubTransport } from './hub-transport.ts';

const TOPICS = ['https://forum.example/feed.xml', 'https://forum.example/tags/a&b/feed.xml'];

test('a hub is told which feeds have changed', async () => {
  const hub = await HubTestServer.start();
  const transport = new HubTransport(hub.url, { allowed: [hub.origin] });
  await transport.publish(TOPICS);
  expect([hub.pings, hub.faults]).toEqual([[TOPICS], []]);
  hub.status = 404;
  await expect(transport.publish(TOPICS)).rejects.toMatchObject({ reason: '404', kind: 'gone' });
  hub.status = 500;
  await expect(transport.publish(TOPICS)).rejects.toMatchObject({ reason: '500', kind: 'later' });
  transport.close();
  await hub.close();
});

test.each(['http://hub.example/', 'https://10.0.0.1/hub', 'https://localhost/hub', 'https://127.0.0.1:9/'])(
  'a hub at %s is not asked, unless it is vouched for',
  async (url) => {
    const transport = new HubTransport(url, { allowed: [] });
    await expect(transport.publish(TOPICS)).rejects.toMatchObject({ reason: 'PRIVATE', kind: 'final' });
    transport.close();
  },
);
