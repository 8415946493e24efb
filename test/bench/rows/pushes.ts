import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { PushTestDevice } from '../../support/push-device.ts';
import { newDataDir } from '../../support/served-forum.ts';
import { seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeFollowers } from '../raw-people.ts';
import { atMost, type Measured, type Row } from '../row.ts';
import { sampleComment } from '../sample.ts';
import { againstAsked, settledConfirmations } from '../told-forum.ts';

const DEVICES = 500;
/** What is allowed, in seconds. */
const TAKEN_WITHIN = 2;

/** A comment in a discussion whose followers are told by push. */
export const pushQueued: Row = {
  name: 'push-queued',
  what: `a comment in a discussion with ${DEVICES} followers with a device each, until the last push was taken`,
  against: 'what is allowed',
  unit: 's',
  bound: atMost(1),
  run: (options) =>
    withDevices(({ comment, taken }) =>
      againstAsked(options, TAKEN_WITHIN, () =>
        seconds(async () => {
          const all = taken(DEVICES);
          await comment();
          await all;
        }),
      ),
    ),
};

interface Devices {
  readonly comment: () => Promise<unknown>;
  /** Resolves once so many more pushes have come. */
  readonly taken: (more: number) => Promise<void>;
}

async function withDevices(measure: (devices: Devices) => Promise<Measured>): Promise<Measured> {
  const dataDir = newDataDir();
  const service = await pushService();
  const start = () => serveMeasured({ dataDir, env: { PUSH_SERVICES: service.origin } });
  let forum = await start();
  try {
    const admin = await newAccount(forum.address, 'bench-admin');
    const postId = await newPost(forum.address, admin, 'Followed');
    await forum.end();
    const addressOf = (at: number) => new PushTestDevice(`${service.origin}/send/${at}`).wish;
    await writeFollowers(dataDir, { count: DEVICES, postId, way: 'push', addressOf });
    forum = await start();
    await settledConfirmations(forum, DEVICES);
    const path = `${forum.address}/api/v1/posts/${postId}/comments`;
    let said = 0;
    return await measure({
      comment: () => sendJson(path, 'POST', { body: sampleComment((said += 1)) }, admin.token),
      taken: service.taken,
    });
  } finally {
    await forum.end();
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Takes every push, and counts. */
async function pushService() {
  let [count, wanted] = [0, Number.POSITIVE_INFINITY];
  let reached: () => void = () => undefined;
  const server = createServer((request, answer) => {
    request.resume().on('end', () => {
      answer.writeHead(201).end();
      count += 1;
      if (count >= wanted) reached();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the push service listens on no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    taken: (more: number): Promise<void> => {
      wanted = count + more;
      const { promise, resolve } = Promise.withResolvers<void>();
      reached = resolve;
      return promise;
    },
    close: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
