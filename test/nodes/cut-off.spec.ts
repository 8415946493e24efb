import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Comment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FrontDoor } from './front-door.ts';
import { newestOf, openThread, type Reader, shownAt, threadOn, until } from './readers.ts';
import { alike, logThrough, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

const MISSED = 100;

describe('a node that stood still while the others went on', () => {
  let three: ThreeNodes;
  let postId: string;
  let writer: TestMember;
  let reader: Reader;
  let last: Comment;

  beforeAll(async () => {
    three = await startThreeNodes();
    const { forum } = three.nodes[0];
    const editor = await forum.member('an-editor', ['editor']);
    writer = await forum.member('writer');
    postId = (await forum.publish(editor)).id;
    const first = await forum.comment(writer, postId, { body: 'Before.' });
    await three.reached(first.position);
    reader = await openThread({ address: three.nodes[2].address, postId });
    three.nodes[2].freeze();
    for (let count = 0; count < MISSED; count += 1) {
      last = await three.nodes[count % 2 === 0 ? 0 : 1].forum.comment(writer, postId, { body: `Missed ${count}` });
    }
  }, 120_000);

  afterAll(async () => {
    reader?.close();
    await three?.remove();
  });

  test('holds up nobody else, catches up, and its readers with it', async () => {
    for (const node of [three.nodes[0], three.nodes[1]]) await node.reached(last.position);
    const thread = await threadOn(three.nodes[0].forum, postId);
    expect(thread).toHaveLength(MISSED + 1);
    three.nodes[2].thaw();
    await three.nodes[2].reached(last.position);
    expect(await threadOn(three.nodes[2].forum, postId)).toEqual(thread);
    expect(await shownAt(reader, last.position)).toEqual(thread);
  });

  test('takes comments again, and ends with the same as the others', async () => {
    const after = await three.nodes[2].forum.comment(writer, postId, { body: 'After.' });
    await three.reached(after.position);
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});

describe('a node whose line to the log is cut', () => {
  let three: ThreeNodes;
  let line: FrontDoor;
  let isCut = false;
  let postId: string;
  let writer: TestMember;
  let reader: Reader;
  let before: readonly Comment[];

  beforeAll(async () => {
    three = await startThreeNodes({
      logUrl: async (index, log) => {
        if (index !== 2) return log.url;
        line = await FrontDoor.open(() => (isCut ? [] : [log.port]));
        return logThrough(line, log);
      },
    });
    const { forum } = three.nodes[0];
    const editor = await forum.member('an-editor', ['editor']);
    writer = await forum.member('writer');
    postId = (await forum.publish(editor)).id;
    await three.reached((await forum.comment(writer, postId, { body: 'Before.' })).position);
    reader = await openThread({ address: three.nodes[2].address, postId, token: writer.token });
    before = await threadOn(three.nodes[2].forum, postId);
    isCut = true;
    line.cut();
  }, 120_000);

  afterAll(async () => {
    reader?.close();
    await three?.remove();
    await line?.close();
  });

  test('lets read what it has, and says that it takes no comments', async () => {
    const { forum } = three.nodes[2];
    const body = { id: randomUUID(), body: 'Not now.' };
    const refused = await forum.call('POST', `/api/v1/posts/${postId}/comments`, { token: writer.token, body });
    expect(refused).toMatchObject({ status: 503, body: { code: 'storage_unavailable' } });
    expect(await threadOn(forum, postId)).toEqual(before);
    expect(await forum.call('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'not ready', log: { writable: false }, reasons: [expect.stringContaining('the log')] },
    });
  });

  test('given its line again, catches up, and sends on what its reader wrote meanwhile, once', async () => {
    const own = reader.session.post('Written while the line was cut.');
    let last = before[0];
    for (let count = 0; count < MISSED; count += 1) {
      last = await three.nodes[count % 2 === 0 ? 0 : 1].forum.comment(writer, postId, { body: `Missed ${count}` });
    }
    isCut = false;
    await three.nodes[2].reached(last?.position ?? '');
    await until(reader.session, () => reader.session.state.outbox.length === 0);
    const posted = await three.nodes[2].forum.done<Comment>('GET', `/api/v1/comments/${own}`);
    await three.reached(posted.position);
    const thread = await threadOn(three.nodes[0].forum, postId);
    expect(thread).toHaveLength(MISSED + 2);
    expect(thread.filter(({ id }) => id === own)).toEqual([posted]);
    expect(await shownAt(reader, newestOf(thread))).toEqual(thread);
  }, 120_000);

  test('is ready again, and ends with the same as the others', async () => {
    await three.nodes[2].ready();
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});
