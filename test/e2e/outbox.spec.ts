import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { LookEntry, Page } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const FOREIGN = '20151005T080000000Z-0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01.eml';

let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;
/** The mails by which the two members confirm their addresses. */
let confirmations: readonly string[];

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  reader = await forum.member('reader');
  confirmations = await sent(2);
});
afterAll(() => forum?.close());

const outbox = (): string => join(forum.dataDir, 'outbox');
const cookieOf = ({ token }: TestMember) => ({ cookie: `colloquy_session=${token}` });
const page = (path: string, by: TestMember | null = admin): Promise<Answer> =>
  forum.call('GET', path, by === null ? {} : { headers: cookieOf(by) });
const press = (path: string, fields: Readonly<Record<string, string>> = {}, by = admin): Promise<Answer> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...cookieOf(by) };
  return forum.call('POST', path, { raw: new URLSearchParams(fields).toString(), headers });
};

/** Resolves when the views show this many mails as sent. */
async function sent(mails: number): Promise<readonly string[]> {
  const files = (): readonly string[] => (readdirOf(outbox()).length >= mails ? readdirOf(outbox()) : []);
  for (;;) {
    const told = Promise.withResolvers<void>();
    const stop = forum.forum.views.onProjected(() => told.resolve());
    if (files().length > 0) {
      stop();
      return files();
    }
    await told.promise;
    stop();
  }
}

function readdirOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort();
  } catch {
    return [];
  }
}

test('is closed to everybody but admins', async () => {
  const paths = ['', `/${FOREIGN}`, `/${FOREIGN}/html`, `/${FOREIGN}/raw`].map((rest) => `/admin/outbox${rest}`);
  const statuses = await Promise.all(
    paths.flatMap((path) => [page(path, null), page(path, reader)].map(async (one) => (await one).status)),
  );
  expect(statuses).toEqual(paths.flatMap(() => [303, 403]));
  expect((await press('/admin/outbox/tests', {}, reader)).status).toBe(403);
});

test('mails that reach nobody need a look, are the first thing to do, and say so themselves', async () => {
  expect(String((await page('/admin/status')).body)).toMatch(/class="needs-look"><dt>Mail<\/dt>.*They reach nobody/s);
  expect(String((await page('/admin')).body)).toMatch(/To do:<\/strong> <a href="\/admin\/outbox">Set a mail server/);
  const before = await sent(2);
  await press('/admin/outbox/tests');
  const name = (await sent(before.length + 1)).find((one) => !before.includes(one)) ?? '';
  const { text } = await simpleParser(readFileSync(join(outbox(), name)));
  expect(text).toContain('reaches nobody');
  expect(text).not.toContain('has arrived');
});

test('a test mail is a whole message in a file of its own, and is read on pages', async () => {
  expect(String((await page('/admin/outbox')).body)).toContain(outbox());
  const answer = await press('/admin/outbox/tests');
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/admin\/outbox\?done=mailed/),
  ]);
  const [name = ''] = (await sent(3)).filter((file) => !confirmations.includes(file));
  expect(name).toMatch(/^\d{8}T\d{9}Z-[0-9a-f-]{36}\.eml$/);
  expect([statSync(outbox()).mode & 0o777, statSync(join(outbox(), name)).mode & 0o777]).toEqual([0o700, 0o600]);
  const raw = readFileSync(join(outbox(), name));
  const parsed = await simpleParser(raw);
  expect([parsed.subject, [parsed.to ?? []].flat()[0]?.text]).toEqual([
    'A test mail from Colloquy',
    expect.stringContaining('the-admin@example.org'),
  ]);
  expect(parsed.messageId).toBe(`<${name.slice(20, -4)}@localhost>`);

  const list = String((await page('/admin/outbox')).body);
  expect(list).toContain(`<a href="/admin/outbox/${name}" dir="auto">A test mail from Colloquy</a>`);
  const shown = await page(`/admin/outbox/${name}`);
  expect(String(shown.body)).toContain(
    `src="/admin/outbox/${name}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"`,
  );
  expect(shown.headers.get('referrer-policy')).toBe('no-referrer');
  expect((await page(`/admin/outbox/${name}/raw`)).body).toBe(raw.toString());
  const looks = await forum.done<Page<LookEntry>>('GET', '/api/v1/audit/looks', { token: admin.token });
  const seen = looks.items.filter(({ what }) => what === 'mail');
  expect(seen.map(({ subject }) => subject)).toEqual([name]);
  const html = await page(`/admin/outbox/${name}/html`);
  expect(String(html.body)).toContain('prefers-color-scheme:dark');
  expect(String(html.body)).not.toMatch(/<(img|link|script)|url\(|@import/);
});

test('what others put into the folder is shown when it is a mail, and does nothing', async () => {
  mkdirSync(outbox(), { recursive: true });
  const evil = '<script>alert(1)</script><img src="https://spy.example/1.png">';
  writeFileSync(
    join(outbox(), FOREIGN),
    `Subject: ${evil}\r\nFrom: x@example.org\r\nContent-Type: text/html\r\n\r\n${evil}`,
  );
  const linked = FOREIGN.replace('f01', 'f02');
  symlinkSync('/etc/hostname', join(outbox(), linked));
  mkdirSync(join(outbox(), FOREIGN.replace('f01', 'f03')));
  writeFileSync(join(outbox(), 'notes.txt'), 'secret');
  const list = String((await page('/admin/outbox')).body);
  expect(list).toContain('&lt;script>');
  expect(list).not.toMatch(/notes\.txt|1f02|1f03/);
  const { headers } = await page(`/admin/outbox/${FOREIGN}/html`);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox",
  );
  const names = [linked, 'notes.txt', '..%2Flog.db', FOREIGN.replace('f01', 'f03'), '%00.eml'];
  const statuses = await Promise.all(names.map(async (name) => (await page(`/admin/outbox/${name}`)).status));
  expect(statuses).toEqual(names.map(() => 404));
});

test('the list has pages, whatever the folder holds', async () => {
  for (let n = 0; n < 60; n += 1) {
    const id = `0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e20${String(n).padStart(2, '0')}`;
    writeFileSync(
      join(outbox(), `20141005T0800000${String(n).padStart(2, '0')}Z-${id}.eml`),
      `Subject: Mail ${n}\r\n\r\nText`,
    );
  }
  const seen: string[] = [];
  for (let next: string | null = '/admin/outbox'; next !== null; ) {
    const html: string = String((await page(next)).body);
    seen.push(...[...html.matchAll(/>Mail (\d+)</g)].map(([, n]) => n ?? ''));
    next = /rel="next" href="([^"]+)"/.exec(html)?.[1] ?? null;
  }
  expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => String(59 - n)));
});
