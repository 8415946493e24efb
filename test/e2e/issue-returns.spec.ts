import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { LogEvent, Page, Post, TakenInboundMail } from '../../libs/client/index.ts';
import {
  type CountedMail,
  type CountingServer,
  readersReached,
  startCountingServer,
} from '../support/counted-mails.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { delivered, INBOUND_PATH, INBOUND_SECRET } from '../support/inbound-mail.ts';
import { bounceOf, complaintOf } from '../support/mail-reports.ts';
import { newsletterReaders } from '../support/newsletter-readers.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const READERS = 8;

let server: CountingServer;
let forum: RunningForum;
let admin: TestMember;
let post: Post;
let mails: readonly CountedMail[];
/** Whom the mail server does not know. */
let unknown = '';

beforeAll(async () => {
  server = await startCountingServer({
    onRcptTo: ({ address }, _, done) => {
      const refusal = Object.assign(new Error('5.1.1 unknown'), { responseCode: 550 });
      done(address === unknown ? refusal : null);
    },
  });
  const env = { SMTP_URL: server.url, INBOUND_SECRET, MAIL_FROM: 'forum@forum.example' };
  const resting = await startForum({ env });
  admin = await resting.admin();
  await newsletterReaders(resting, { count: READERS });
  const { dataDir } = resting;
  await resting.close({ keep: true });
  forum = await startForum({ reacts: true, env: { ...env, DATA_DIR: dataDir } });
  post = await sends('The month', READERS);
  mails = server.mails.filter(({ subject }) => subject === 'The month');
});
afterAll(async () => {
  await forum.close({ keep: false });
  await server.close();
});

const page = async ({ slug }: Post): Promise<string> =>
  String((await forum.call('GET', `/posts/${slug}/issue`, { token: admin.token })).body);

async function sends(title: string, readers: number): Promise<Post> {
  const issue = await forum.publish(admin, { title, kind: 'newsletter' });
  const raw = new URLSearchParams({ do: 'send' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await forum.call('POST', `/posts/${issue.slug}/issue`, { token: admin.token, raw, headers });
  await readersReached(server, readers, ({ subject }) => subject === title);
  await until(async () => (await page(issue)).includes('It was sent:'));
  return issue;
}

const take = (raw: string): Promise<TakenInboundMail> => forum.done('POST', INBOUND_PATH, delivered(raw));
const idOf = (n: number): string => mails[n]?.messageId ?? '';
const returned = (reason: string): TakenInboundMail => ({ outcome: 'returned', commentId: null, reason });
const ignored = { outcome: 'ignored', commentId: null, reason: 'bounce' };
async function events(type: string): Promise<readonly LogEvent[]> {
  const path = `/api/v1/audit/events?type=${type}&limit=200`;
  return (await forum.done<Page<LogEvent>>('GET', path, { token: admin.token })).items;
}
/** Of each event what tests look at. */
const endings = async () =>
  (await events('SubscriptionEnded.v1')).map(({ data }) => Reflect.get(Object(data), 'because'));

test('a mailbox that is none, and a complaint, end the newsletter there at once; the editor sees how many, and no address', async () => {
  expect(await take(bounceOf(idOf(0)))).toEqual(returned('bounced'));
  expect(await take(complaintOf(idOf(1)))).toEqual(returned('complaint'));
  expect(await take(bounceOf(idOf(2), '5.2.2'))).toEqual(returned('refused'));
  expect(await endings()).toEqual(['bounced', 'complaint']);
  const shown = await page(post);
  expect(shown).toContain('No such mailbox: 1. Not taken this time: 1. Complaints: 1.</p>');
  expect(shown).not.toContain('@readers.example');
  const next = await sends('The next month', READERS - 2);
  expect(await page(next)).toContain(`It was sent: ${READERS - 2} of ${READERS - 2} mails.`);
  const names = server.mails.filter(({ subject }) => subject === next.title).map(({ to }) => to);
  expect(names).not.toContain(mails[0]?.to);
  expect(names).not.toContain(mails[1]?.to);
  expect(names).toContain(mails[2]?.to);
});

test('the same report again changes nothing', async () => {
  const before = await events('IssueReturned.v1');
  await Promise.all([1, 2, 3].map(() => take(complaintOf(idOf(3)))));
  await take(complaintOf(idOf(3)));
  expect((await events('IssueReturned.v1')).length).toBe(before.length + 1);
});

test('what nobody could know ends nothing: a made id, an id of another forum, one in another place, a mail that is late', async () => {
  const [before, ends] = [await events('IssueReturned.v1'), await endings()];
  const known = idOf(4);
  const made = [
    bounceOf(`<${randomUUID()}@forum.example>`),
    bounceOf(known.replace('@forum.example', '@other.example')),
    complaintOf(`${known.slice(0, 5)}${known.charAt(5) === '0' ? '1' : '0'}${known.slice(6)}`),
    bounceOf('<x@forum.example>').replace('Subject: The month', `Subject: ${known}`),
    bounceOf(known, '4.4.1', 'delayed'),
    complaintOf(known, 'not-spam'),
    bounceOf(''),
  ];
  const answers: TakenInboundMail[] = [];
  for (const raw of made) answers.push(await take(raw));
  expect(answers).toEqual(answers.map(() => ignored));
  expect(await events('IssueReturned.v1')).toEqual(before);
  expect(await endings()).toEqual(ends);
  const unsigned = await forum.call(
    'POST',
    INBOUND_PATH,
    delivered(bounceOf(known), 'another secret of thirty-two letters'),
  );
  expect(unsigned.status).toBe(401);
  expect(await endings()).toEqual(ends);
});

test('who leaves is counted at the issue that came last; whoever the mail server does not know gets no more', async () => {
  const next = await sends('The third month', READERS - 3);
  const third = server.mails.filter(({ subject }) => subject === next.title);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const path = new URL(third[0]?.leave ?? '').pathname;
  expect((await forum.call('POST', path, { raw: 'List-Unsubscribe=One-Click', headers })).status).toBe(200);
  expect(await page(next)).toContain('Left since: 1.</p>');
  unknown = third[1]?.to ?? '';
  const last = await sends('The last month', READERS - 5);
  expect(await page(last)).toContain(`It was sent: ${READERS - 5} of ${READERS - 4} mails.`);
  expect(await page(last)).toContain('No such mailbox: 1.</p>');
  expect((await endings()).slice(-2)).toEqual(['left', 'bounced']);
});
