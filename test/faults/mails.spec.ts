import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { openSqliteEventStore } from '../../libs/event-store/index.ts';
import { newAccount } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { verifyViews } from '../support/stopped-forum.ts';

const SUBJECT = 'A test mail from Colloquy';
const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const whenLong = unlessMissing(LONG ? null : 'COLLOQUY_LONG is not set');
const KILLS = LONG ? 60 : 2;

let server: MailServer | undefined;
let forum: ServedForum | undefined;
afterEach(async () => {
  await forum?.end('SIGKILL');
  if (forum !== undefined) rmSync(forum.dataDir, { recursive: true, force: true });
  await server?.close();
  forum = undefined;
  server = undefined;
});

const isTest = ({ parsed }: ReceivedMail): boolean => parsed.subject === SUBJECT;

async function askTest(token: string): Promise<void> {
  const response = await fetch(`${forum?.address}/admin/outbox/tests`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${token}` },
  });
  if (response.status !== 303) throw new Error(`a test mail was answered with ${response.status}`);
}

/** How often each mail was recorded as sent. */
async function settled(dataDir: string): Promise<ReadonlyMap<string, number>> {
  const store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  const times = new Map<string, number>();
  try {
    for await (const { stream } of store.readAll({ filter: { types: ['MailSettled.v1'] } })) {
      times.set(stream, (times.get(stream) ?? 0) + 1);
    }
  } finally {
    await store.close();
  }
  return times;
}

/** Ends the forum gently, and holds what it kept against its log. */
async function endsWhole(mails: number): Promise<void> {
  const dataDir = forum?.dataDir ?? '';
  expect(await forum?.end()).toBe(0);
  const times = [...(await settled(dataDir)).values()];
  expect(times.length).toBeGreaterThanOrEqual(mails);
  expect(times.filter((each) => each !== 1)).toEqual([]);
  expect((await verifyViews(dataDir)).filter((view) => !view.equal)).toEqual([]);
}

describe('a server that is killed while it hands over a mail', () => {
  type Step = 'greeting' | 'sender' | 'receiver' | 'before the answer' | 'after the answer';

  /** Kills the forum when its first test mail has come to the step, and is gone from then on. */
  async function killedAt(step: Step): Promise<void> {
    const killed = Promise.withResolvers<void>();
    let isArmed = false;
    const kill = (at: Step): boolean => {
      if (!isArmed || at !== step) return false;
      isArmed = false;
      void forum?.end('SIGKILL').then(() => killed.resolve());
      return true;
    };
    const over: SMTPServerOptions = {
      onConnect: (_, done) => kill('greeting') || done(),
      onMailFrom: (_, __, done) => kill('sender') || done(),
      onRcptTo: (_, __, done) => kill('receiver') || done(),
    };
    server = await startMailServer(over, (mail, answer) => {
      if (isTest(mail) && kill('before the answer')) return;
      answer();
      if (isTest(mail)) kill('after the answer');
    });
    const env = { SMTP_URL: server.url };
    forum = await serveForum({ env });
    const { token } = await newAccount(forum.address, 'ada');
    // The letter of the registration takes the same steps.
    await server.gets(1);
    isArmed = true;
    await askTest(token).catch(() => undefined);
    await killed.promise;
    forum = await serveForum({ dataDir: forum.dataDir, env });
    await told(token, 1);
  }

  for (const [step, where] of [
    ['greeting', whenLong],
    ['sender', whenLong],
    ['receiver', { it: test }],
  ] as const)
    where.it(`at the step of the ${step} sends it once`, async () => {
      await killedAt(step);
      await endsWhole(1);
      expect(server?.received.filter(isTest)).toHaveLength(1);
    });

  test.each<Step>(['before the answer', 'after the answer'])(
    '%s sends it twice at most, as one message',
    async (step) => {
      await killedAt(step);
      await endsWhole(1);
      const came = server?.received.filter(isTest) ?? [];
      expect(came.length).toBeLessThanOrEqual(2);
      expect(new Set(came.map(({ parsed }) => parsed.messageId)).size).toBe(1);
    },
  );
});

test(`mails come all, and each as one message, from a server that is killed ${KILLS} times`, async () => {
  server = await startMailServer();
  const env = { SMTP_URL: server.url };
  forum = await serveForum({ env });
  const { token } = await newAccount(forum.address, 'ada');
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await Promise.all([1, 2, 3].map(() => askTest(token)));
    await server.gets(3 * (kill - 1) + 1 + (kill % 3), isTest);
    await forum.end('SIGKILL');
    forum = await serveForum({ dataDir: forum.dataDir, env });
  }
  const idsOf = (mails: readonly ReceivedMail[]) => new Set(mails.map(({ parsed }) => parsed.messageId));
  for (let count = 3 * KILLS; idsOf(server.received.filter(isTest)).size < 3 * KILLS; ) {
    count = (await server.gets(count, isTest)).length + 1;
  }
  // One that came before the last kill may still have to be sent once more.
  await told(token, 3 * KILLS);
  await endsWhole(3 * KILLS);
  const came = server.received.filter(isTest);
  expect(idsOf(came).size).toBe(3 * KILLS);
  // At most as many as were under way at once, each time.
  expect(came.length).toBeLessThanOrEqual(3 * KILLS + 4 * KILLS);
}, 300_000);

test(`the outbox has each mail once and whole, from a server that is killed ${KILLS} times`, async () => {
  forum = await serveForum();
  const outbox = join(forum.dataDir, 'outbox');
  const { token } = await newAccount(forum.address, 'ada');
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await Promise.all([1, 2, 3].map(() => askTest(token)));
    await forum.end('SIGKILL');
    forum = await serveForum({ dataDir: forum.dataDir });
  }
  const tests = await testsIn(outbox, 3 * KILLS);
  await endsWhole(3 * KILLS);
  expect(new Set(tests.map(({ messageId }) => messageId)).size).toBe(3 * KILLS);
  expect(await testsIn(outbox, 3 * KILLS)).toHaveLength(3 * KILLS);
}, 300_000);

/** The test mails in the folder, once there are so many. */
async function testsIn(outbox: string, count: number) {
  const names = () => (existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')) : []);
  const read = () => Promise.all(names().map((name) => simpleParser(readFileSync(join(outbox, name)))));
  for (;;) {
    const tests = (await read()).filter(({ subject }) => subject === SUBJECT);
    if (tests.length >= count) return tests;
    await pause(100);
  }
}

/** Resolves when the pages of the outbox tell of so many test mails that they were sent. */
async function told(token: string, count: number): Promise<void> {
  while ((await toldSent(token)) < count) await pause(100);
}

/** The test mails that the outbox tells of as sent, from the page before which the mails of the address stand. */
async function toldSent(token: string, href = '/admin/outbox'): Promise<number> {
  const response = await fetch(`${forum?.address}${href}`, { headers: { cookie: `colloquy_session=${token}` } });
  const page = await response.text();
  const sent = (page.match(/>Test mail<\/td>(?:(?!<\/tr>)[\s\S])*?Sent/g) ?? []).length;
  const older = /<a rel="next" href="([^"]+)"/.exec(page)?.[1];
  return sent + (older === undefined ? 0 : await toldSent(token, older));
}
