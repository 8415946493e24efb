import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '../../libs/event-store/index.ts';
import { type Account, newAccount, newPost, sendJson } from '../support/forum-account.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';

const KILLS = process.env['COLLOQUY_LONG'] === undefined ? 3 : 30;

let server: MailServer | undefined;
let forum: ServedForum | undefined;
afterEach(async () => {
  await forum?.end('SIGKILL');
  if (forum !== undefined) rmSync(forum.dataDir, { recursive: true, force: true });
  await server?.close();
  forum = undefined;
  server = undefined;
});

const isTold = ({ parsed }: ReceivedMail): boolean => parsed.headerLines.some(({ key }) => key === 'list-unsubscribe');
const idsOf = (mails: readonly ReceivedMail[]) => new Set(mails.map(({ parsed }) => parsed.messageId));

/** A discussion in which a member with a confirmed address has asked something, and an account that answers. */
interface Asked {
  readonly asker: Account;
  answer(words: string): Promise<void>;
}

async function asked(address: string, mails: MailServer): Promise<Asked> {
  const admin = await newAccount(address, 'ada');
  const asker = await newAccount(address, 'asker');
  const isLink = ({ to, parsed }: ReceivedMail) =>
    to.includes('asker@example.org') && /\/confirm\//.test(parsed.text ?? '');
  const [mail] = await mails.gets(1, isLink);
  const path = /\/confirm\/\S+/.exec(mail?.parsed.text ?? '')?.[0] ?? '';
  await fetch(`${address}${path}`, { method: 'POST', body: new URLSearchParams() });
  const postId = await newPost(address, admin, 'Ferries');
  const comments = (to: string) => `${to}/api/v1/posts/${postId}/comments`;
  const { comment } = await sendJson<{ comment: { id: string } }>(
    comments(address),
    'POST',
    { body: 'Which one?' },
    asker.token,
  );
  return {
    asker,
    answer: async (body) => {
      await sendJson(comments(forum?.address ?? ''), 'POST', { body, parentId: comment.id }, admin.token);
    },
  };
}

/** What mails told the member, as the log has it: each from one position to another. */
async function toldSpans(dataDir: string): Promise<readonly (readonly [bigint, bigint])[]> {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const spans: [bigint, bigint][] = [];
  try {
    for await (const { data } of store.readAll({ filter: { types: ['MemberTold.v1'] } })) {
      spans.push([
        BigInt(String(Reflect.get(Object(data), 'after'))),
        BigInt(String(Reflect.get(Object(data), 'upTo'))),
      ]);
    }
  } finally {
    await store.close();
  }
  return spans;
}

test('a server that is killed after it has recorded whom it tells, and before the mail is on its way, sends it once', async () => {
  const killed = Promise.withResolvers<void>();
  let isArmed = false;
  server = await startMailServer({
    onMailFrom: (_, __, done) => {
      if (!isArmed) return done();
      isArmed = false;
      void forum?.end('SIGKILL').then(() => killed.resolve());
    },
  });
  const env = { SMTP_URL: server.url };
  forum = await serveForum({ env });
  const { answer } = await asked(forum.address, server);
  isArmed = true;
  await answer('By boat').catch(() => undefined);
  await killed.promise;
  expect(server.received.filter(isTold)).toEqual([]);
  expect(await toldSpans(forum.dataDir)).toHaveLength(1);
  forum = await serveForum({ dataDir: forum.dataDir, env });
  await answer('By bridge');
  const words = (mails: readonly ReceivedMail[]) => mails.map(({ parsed }) => parsed.text ?? '').join('\n');
  for (let came = 1; !words(server.received.filter(isTold)).includes('By bridge'); came += 1) {
    await server.gets(came, isTold);
  }
  const mails = server.received.filter(isTold);
  expect(words(mails).split('By boat')).toHaveLength(2);
  expect(words(mails).split('By bridge')).toHaveLength(2);
  expect(idsOf(mails).size).toBe(mails.length);
}, 120_000);

test(`of what is said while a server is killed ${KILLS} times each is told in one mail, and none in two`, async () => {
  server = await startMailServer();
  const env = { SMTP_URL: server.url };
  forum = await serveForum({ env });
  const { answer } = await asked(forum.address, server);
  const said: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (let n = 0; n < 3; n += 1) {
      const words = `Answer ${kill}-${n}.`;
      await answer(words);
      said.push(words);
    }
    await server.gets(kill, isTold);
    await forum.end('SIGKILL');
    forum = await serveForum({ dataDir: forum.dataDir, env });
  }
  const tellingOf = (words: string): readonly ReceivedMail[] =>
    (server?.received ?? []).filter(isTold).filter(({ parsed }) => parsed.text?.includes(words));
  for (let came = 1; said.some((words) => tellingOf(words).length === 0); came += 1) await server.gets(came, isTold);
  expect(said.filter((words) => idsOf(tellingOf(words)).size !== 1)).toEqual([]);
  expect(await forum.end()).toBe(0);
  const spans = await toldSpans(forum.dataDir);
  expect(spans.filter(([after], index) => after < (spans[index - 1]?.[1] ?? 0n))).toEqual([]);
}, 180_000);
