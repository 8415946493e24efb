import { rmSync } from 'node:fs';
import type { NotificationList } from '../../../libs/client/index.ts';
import { type Account, newAccount, newPost, sendJson } from '../../support/forum-account.ts';
import { newDataDir } from '../../support/served-forum.ts';
import { median, quantile, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { writeComments } from '../raw-people.ts';
import { atMost, type Row } from '../row.ts';
import { againstAsked, notificationsOf } from '../told-forum.ts';

/** What is asked of the first page, in milliseconds. */
const PAGE_WITHIN_MS = 10;
const ITEMS = 100_000;
const DISCUSSIONS = 20;

export const inboxPage: Row = {
  name: 'inbox-page',
  what: `the first page of ${ITEMS.toLocaleString('en')} notifications, half of them answers, half of followed discussions, the median`,
  against: 'what is asked',
  unit: 'ms',
  bound: atMost(1),
  run: async (options) => {
    const dataDir = newDataDir();
    try {
      const { reader, items } = await fillInbox(dataDir, options.quick ? ITEMS / 10 : ITEMS);
      const forum = await serveMeasured({ dataDir });
      try {
        const took: number[] = [];
        const measured = await againstAsked(options, PAGE_WITHIN_MS, async () => {
          const each: number[] = [];
          for (let time = 0; time < 200; time += 1) {
            each.push(1_000 * (await seconds(() => notificationsOf(forum, reader).then(requireFull))));
          }
          took.push(quantile(each, 0.99));
          return median(each);
        });
        return { ...measured, notes: { items, p99: median(took).toFixed(2) } };
      } finally {
        await forum.end();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};

function requireFull(items: NotificationList['items']): void {
  if (items.length !== 20) throw new Error(`the page has ${items.length} notifications`);
}

/** Gives a reader who has commented in each of some discussions and been answered in all of them. */
async function fillInbox(dataDir: string, items: number): Promise<{ reader: Account; items: number }> {
  const forum = await serveMeasured({ dataDir });
  const admin = await newAccount(forum.address, 'bench-admin');
  const reader = await newAccount(forum.address, 'bench-reader');
  const places: { postId: string; parentId: string }[] = [];
  const say = (postId: string, by: Account, body: object) =>
    sendJson<{ comment: { id: string } }>(`${forum.address}/api/v1/posts/${postId}/comments`, 'POST', body, by.token);
  for (let at = 0; at < DISCUSSIONS; at += 1) {
    const postId = await newPost(forum.address, admin, `Discussion ${at}`);
    places.push({ postId, parentId: (await say(postId, reader, { body: 'A question' })).comment.id });
  }
  await forum.end();
  await writeComments(dataDir, items, (at) => {
    const { postId = '', parentId = '' } = places[at % DISCUSSIONS] ?? {};
    return { postId, parentId: at % (2 * DISCUSSIONS) < DISCUSSIONS ? parentId : null };
  });
  const again = await serveMeasured({ dataDir });
  for (const { postId, parentId } of places) {
    for (const place of [{ parentId }, {}]) {
      const path = `${again.address}/api/v1/posts/${postId}/comments`;
      await sendJson(path, 'POST', { body: 'The newest', ...place }, admin.token);
    }
  }
  await again.end();
  return { reader, items };
}
