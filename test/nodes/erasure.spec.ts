import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import { readEverything } from '../support/every-read.ts';
import { filesWith } from '../support/files-with.ts';
import { MARK, markedPerson, newReaders, PASSWORD_OF_MARK } from '../support/marked-person.ts';
import { until } from '../support/until.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

let three: ThreeNodes;
beforeAll(async () => {
  three = await startThreeNodes({ env: { EMBED_ORIGINS: 'https://blog.example' } });
}, 120_000);
afterAll(() => three?.remove());

/** All but what auditors are shown, which the sweep on one node reads. */
const isShort = (path: string): boolean => !path.includes('/audit/');

test('an erasure reaches every node, one that was away and one where the person goes on writing, and leaves the words on none', async () => {
  const [writing, asking, away] = three.nodes;
  const { forum } = writing;
  const readers = await newReaders(forum);
  const dataDirs = three.nodes.map(({ dataDir }) => dataDir);
  const person = await markedPerson({ forum, readers, dataDirs, origin: null });
  const { token, post } = person;
  const { position } = await forum.thread(post.id);
  await three.reached(position);
  const whoReads = { anonymous: null, admin: readers.admin };
  const shown = await readEverything(away.forum, whoReads, placesOf('none'), isShort);
  expect(shown.filter(({ text }) => text.includes(MARK)).length).toBeGreaterThan(30);
  await away.kill();

  function placesOf(erasureId: string) {
    return { person, mails: [], links: [], area: '/audit/scratch/none', origin: writing.address, position, erasureId };
  }
  let written = 0;
  const writes = async (): Promise<void> => {
    for (;;) {
      const body = { body: `While it goes ${MARK} ${written}` };
      const { status } = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token, body });
      if (status !== 201) return;
      written += 1;
    }
  };
  const goesOn = Promise.all([writes(), writes()]);
  await until(() => written > 5);
  const wish = { comments: 'remove', password: PASSWORD_OF_MARK, immediately: true };
  const path = '/api/v1/members/me/erasure';
  const { erasureId } = await asking.forum.done<AskedErasure>('POST', path, { token, body: wish });
  await goesOn;
  const stateOn = async ({ forum }: typeof away) => {
    const { status, body } = await forum.call('GET', `/api/v1/erasures/${erasureId}`);
    return status === 200 ? Reflect.get(Object(body), 'state') : status;
  };
  for (const node of [writing, asking]) await until(async () => (await stateOn(node)) === 'done');
  const { steps } = await forum.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`);
  expect(steps.find(({ step }) => step === 'comments')?.count).toBeGreaterThan(written);
  await away.start();

  for (const node of three.nodes) {
    await until(async () => (await stateOn(node)) === 'done');
    await until(async () => (await node.forum.call('GET', '/api/v1/members/me', { token })).status === 401);
    await until(() => filesWith(node.dataDir, MARK).length === 0);
    const answers = await readEverything(node.forum, whoReads, placesOf(erasureId), isShort);
    expect([...new Set(answers.filter(({ text }) => text.includes(MARK)).map(({ path }) => path))]).toEqual([]);
    expect(filesWith(node.dataDir, MARK)).toEqual([]);
  }
  expect(filesWith(three.log.dir, MARK)).toEqual([]);
  const digests = await three.digests();
  expect(digests).toEqual(alike(digests));
}, 240_000);
