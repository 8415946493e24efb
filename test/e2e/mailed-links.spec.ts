import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { EVENT_STORE, type EventStore, type RecordedEvent } from '../../libs/event-store/index.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { type MailServer, type ReceivedMail, startMailServer } from '../support/mail-server.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

const NEW_PASSWORD = 'quite another password';
/** Milliseconds. */
const SLOW_MS = 400;

let server: MailServer;
let forum: RunningForum;
/** The mails that were looked at already. */
let seen = 0;

beforeAll(async () => {
  server = await startMailServer();
  forum = await startForum({ reacts: true, env: { SMTP_URL: server.url, MAIL_FROM: 'forum@forum.example' } });
});
afterAll(async () => {
  await forum.close();
  await server.close();
});

/** The next mail, and its one link of the kind. */
async function nextMail(): Promise<ReceivedMail> {
  seen += 1;
  const mail = (await server.gets(seen))[seen - 1];
  if (mail === undefined) throw new Error('no mail');
  return mail;
}

function linkIn({ parsed }: ReceivedMail, path: string): string {
  const [, token] = new RegExp(`${forum.forum.url}${path}([\\w.-]+)`).exec(parsed.text ?? '') ?? [];
  if (token === undefined) throw new Error(`the mail has no link to ${path}: ${parsed.text}`);
  expect(String(parsed.html)).toContain(`${forum.forum.url}${path}${token}`);
  return token;
}

function fail(): never {
  throw new Error('no such mail');
}

const ask = (path: string, body: object) => forum.call('POST', `/api/v1${path}`, { body });
const press = (path: string, form: Readonly<Record<string, string>> = {}) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

const trying = (login: string, password: string) => ask('/sessions', { login, password });

async function register(handle: string, over: object = {}): Promise<string> {
  const body = { handle, displayName: handle, email: `${handle}@example.org`, password: PASSWORD, ...over };
  await forum.done('POST', '/api/v1/members', { body });
  return (await forum.signIn(handle)).token;
}

describe('a member', () => {
  test('confirms, forgets the password, is told of the new one, takes the account back, and signs in by mail', async () => {
    const token = await register('linh', { locale: 'vi', displayName: 'Linh' });
    const confirmation = await nextMail();
    expect(confirmation.to).toEqual(['linh@example.org']);
    expect(confirmation.parsed.subject).toBe('Xác nhận địa chỉ của bạn cho Colloquy');
    expect((await press(`/confirm/${linkIn(confirmation, '/confirm/')}`)).status).toBe(200);
    expect((await forum.call('GET', '/api/v1/members/me', { token })).body).toMatchObject({ emailConfirmed: true });

    expect((await ask('/password-resets', { email: ' LINH@example.org' })).status).toBe(202);
    const reset = linkIn(await nextMail(), '/reset/');
    const body = { password: NEW_PASSWORD };
    expect((await forum.call('PUT', `/api/v1/password-resets/${reset}`, { body })).status).toBe(204);

    const told = await nextMail();
    expect(told.parsed.subject).toBe('Một cách đăng nhập tại Colloquy đã thay đổi');
    const session = await forum.signIn('linh', NEW_PASSWORD);
    const back = linkIn(told, '/reset/');
    expect((await press(`/reset/${back}`, { password: 'the words of the owner' })).status).toBe(303);
    expect((await forum.call('GET', '/api/v1/members/me', { token: session.token })).status).toBe(401);
    expect((await nextMail()).parsed.subject).toBe(told.parsed.subject);

    expect((await ask('/sign-in-links', { email: 'linh@example.org', next: '/archive' })).status).toBe(202);
    const link = linkIn(await nextMail(), '/sign-in/link/');
    expect((await ask('/sessions', { link })).status).toBe(201);
    expect((await ask('/sessions', { link })).status).toBe(410);
  });

  test('gets the confirmation again when it asks', async () => {
    const token = await register('again');
    const first = linkIn(await nextMail(), '/confirm/');
    expect((await forum.call('POST', '/api/v1/members/me/confirmations', { token })).status).toBe(202);
    const second = linkIn(await nextMail(), '/confirm/');
    expect(second).not.toBe(first);
    for (const link of [first, second]) expect((await press(`/confirm/${link}`)).status).toBe(200);
  });

  test('gets another address once its link was opened, and the former one is told and takes it back', async () => {
    const token = await register('mover');
    expect((await press(`/confirm/${linkIn(await nextMail(), '/confirm/')}`)).status).toBe(200);
    const own = async () => (await forum.call('GET', '/api/v1/members/me', { token })).body;
    const asked = await forum.call('PATCH', '/api/v1/members/me', { token, body: { email: 'moved@example.org' } });
    expect([asked.status, asked.body]).toMatchObject([200, { email: 'mover@example.org', emailConfirmed: true }]);
    const sent = [await nextMail(), await nextMail()];
    const mail = sent.find(({ to }) => to.includes('moved@example.org')) ?? fail();
    expect(sent.flatMap(({ to }) => to).sort()).toEqual(['moved@example.org', 'mover@example.org']);
    expect((await trying('moved@example.org', PASSWORD)).status).toBe(401);

    const link = linkIn(mail, '/confirm/');
    expect((await forum.call('GET', `/confirm/${link}`)).body).toContain('moved@example.org');
    expect((await press(`/confirm/${link}`)).status).toBe(200);
    expect(await own()).toMatchObject({ email: 'moved@example.org', emailConfirmed: true });
    expect((await trying('moved@example.org', PASSWORD)).status).toBe(201);
    expect((await trying('mover@example.org', PASSWORD)).status).toBe(401);

    const told = await nextMail();
    expect(told.to).toEqual(['mover@example.org']);
    expect((await press(`/reset/${linkIn(told, '/reset/')}`, { password: 'the words of the owner' })).status).toBe(303);
    const both = [await nextMail(), await nextMail()];
    expect(both.flatMap(({ to }) => to).sort()).toEqual(['moved@example.org', 'mover@example.org']);
    expect((await trying('mover@example.org', 'the words of the owner')).status).toBe(201);
    expect((await trying('moved@example.org', 'the words of the owner')).status).toBe(401);
  });

  test('asks for a foreign address as for any other, and never gets it', async () => {
    await register('host');
    expect((await press(`/confirm/${linkIn(await nextMail(), '/confirm/')}`)).status).toBe(200);
    const token = await register('visitor');
    await nextMail();
    const wants = async (email: string) => {
      const { status, body } = await forum.call('PATCH', '/api/v1/members/me', { token, body: { email } });
      return { status, body };
    };
    const { status, body } = await wants('host@example.org');
    const mail = [await nextMail(), await nextMail()].find(({ to }) => to.includes('host@example.org')) ?? fail();
    expect((await press(`/confirm/${linkIn(mail, '/confirm/')}`)).status).toBe(409);
    const pendingEmail = 'free@example.org';
    expect(await wants(pendingEmail)).toEqual({ status, body: { ...Object(body), pendingEmail } });
    for (const { to } of [await nextMail(), await nextMail()]) expect(to).not.toContain('host@example.org');
  });

  test('learns which of several accounts its address signs in now', async () => {
    await register('squatter', { email: 'shared@example.org' });
    await nextMail();
    await register('owner', { email: 'shared@example.org', password: NEW_PASSWORD }).catch(() => undefined);
    const link = linkIn(await nextMail(), '/confirm/');
    expect((await press(`/confirm/${link}`)).status).toBe(200);
    const told = await nextMail();
    expect(told.parsed.subject).toBe('Your address at Colloquy is confirmed');
    expect(told.parsed.text).toContain('@owner');
    await ask('/password-resets', { email: 'shared@example.org' });
    expect((await nextMail()).parsed.text).toContain('@owner');
  });
});

/** Without what differs each time for everybody. */
function shapeOf({ type, data, sealed }: RecordedEvent): object {
  return { type, fields: Object.keys(Object(data)).sort(), sealed: sealed?.length ?? null };
}

/** Resolves once all mails that were looked at are recorded as sent, so that nothing more is to come of them. */
async function untilSeenAreSettled(store: EventStore): Promise<void> {
  let sent = 0;
  const filter = { types: ['MailSettled.v1'] };
  for await (const batch of store.subscribe({ after: 0n, filter })) {
    sent += batch.events.filter(({ data }) => Reflect.get(Object(data), 'outcome') === 'sent').length;
    if (sent >= seen) return;
  }
}

/** What came after a position: the mail, or the decision that nobody gets one, is the last thing that is recorded. */
async function untilSettled(store: EventStore, after: bigint): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe({ after })) {
    events.push(...batch.events);
    if (batch.events.some(({ type }) => type === 'MailSettled.v1')) break;
  }
  return events;
}

describe.each([
  ['/password-resets', {}],
  ['/sign-in-links', { next: '/archive' }],
] as const)('%s', (path, more) => {
  test('answers and records the same for an address with an account and one without', async () => {
    const store = forum.forum.app.get<EventStore>(EVENT_STORE);
    const token = await register(`known-${path.length}`);
    await nextMail();
    expect(token).not.toBe('');
    await untilSeenAreSettled(store);
    const told = [];
    for (const email of [`known-${path.length}@example.org`, `nouns-${path.length}@example.org`]) {
      const before = await store.head();
      const { status, headers, body } = await ask(path, { email, ...more });
      const position = BigInt(headers.get('colloquy-position') ?? '');
      const events = (await untilSettled(store, before)).filter(({ type }) => type !== 'LeaseTaken.v1');
      const names = [...headers.keys()].filter((name) => !['date', 'x-request-id'].includes(name));
      told.push({
        status,
        body,
        names,
        length: headers.get('content-length'),
        step: events.filter((event) => event.position <= position).length,
        events: events.map(shapeOf),
      });
    }
    await nextMail();
    expect(told[0]).toMatchObject({ status: 202, body: undefined, step: 1 });
    expect(told[1]).toEqual(told[0]);
  });
});

test('a mail to nobody is settled as late as one that a slow server takes', async () => {
  const slow = await startMailServer({ onRcptTo: (_, __, done) => void setTimeout(done, SLOW_MS) });
  const other = await startForum({ reacts: true, env: { SMTP_URL: slow.url } });
  const body = { handle: 'patient', displayName: 'P', email: 'patient@example.org', password: PASSWORD };
  await other.done('POST', '/api/v1/members', { body });
  await slow.gets(1);
  const store = other.forum.app.get<EventStore>(EVENT_STORE);
  const before = await store.head();
  await other.call('POST', '/api/v1/password-resets', { body: { email: 'nobody@example.org' } });
  const events: RecordedEvent[] = [];
  for await (const batch of store.subscribe({ after: before })) {
    events.push(...batch.events);
    if (JSON.stringify(batch.events.map(({ data }) => data)).includes('no-receiver')) break;
  }
  const issued = events.find(({ type }) => type === 'LinkIssued.v1')?.recordedAt ?? '';
  const settled = events.at(-1)?.recordedAt ?? '';
  expect(Date.parse(settled) - Date.parse(issued)).toBeGreaterThanOrEqual(SLOW_MS);
  await other.close();
  await slow.close();
});
