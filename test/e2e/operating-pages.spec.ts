import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Operating } from '../../src/acts/operating/operating.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const SECRETS = [
  'the secret of the client',
  'a secret of the host blog that is long',
  'the-password-of-the-mail-server',
];

const FORM = 'application/x-www-form-urlencoded';

let forum: RunningForum;
let admin: TestMember;
let place: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-operating-'));
  forum = await startForum({
    env: {
      OIDC_BIG_HOUSE_ISSUER: 'https://login.example',
      OIDC_BIG_HOUSE_CLIENT_ID: 'the-forum',
      OIDC_BIG_HOUSE_CLIENT_SECRET: SECRETS[0],
      SSO_SECRET: SECRETS[1],
      SMTP_URL: `smtp://forum:${SECRETS[2]}@127.0.0.1:9`,
      COMMENT_MAX_LENGTH: '500',
    },
  });
  admin = await forum.admin();
});
afterAll(async () => {
  await forum?.close();
  rmSync(place, { recursive: true, force: true });
});

const page = async (path: string): Promise<string> =>
  String((await forum.call('GET', path, { headers: { cookie: `colloquy_session=${admin.token}` } })).body);
/** The lines of the status by name: what needs a look is marked with `!`. */
const lines = async (): Promise<Readonly<Record<string, string>>> => {
  const rows = [...(await page('/admin/status')).matchAll(/<div( class="needs-look")?><dt>(.*?)<\/dt>(.*?)<\/div>/gs)];
  return Object.fromEntries(rows.map(([, look, name, told]) => [name, `${look ? '!' : ''}${textIn(told ?? '')}`]));
};
const textIn = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

test('the status tells of each part, and marks what needs a look', async () => {
  const before = await lines();
  expect(Object.keys(before)).toEqual([
    'Version',
    'Log',
    'Views',
    'Memory',
    'Disk',
    'Mail',
    'Who sends mails',
    'Signed checkpoint',
    'Backup',
    'Faults found',
    'Fixed by the environment',
  ]);
  expect(before['Views']).toMatch(/^ok All \d+ views are current\.$/);
  expect(before['Mail']).toContain('Mails go to 127.0.0.1:9.');
  expect(before['Fixed by the environment']).toBe('ok COMMENT_MAX_LENGTH (discussion.maxLength)');
  expect(before['Backup']).toMatch(/^!needs a look None is known here/);
  expect((await runColloquy(['backup', join(place, 'copy')], { dataDir: forum.dataDir })).status).toBe(0);
  expect((await lines())['Backup']).toMatch(/^ok The last one was made .+, up to position \d+\.$/);
});

test('the status has the head of the log, and every view at it', async () => {
  const { log, views, disk } = await forum.forum.app.get(Operating, { strict: false }).status();
  expect(log).toEqual({ server: null, position: await forum.forum.log.store.head(), trouble: null });
  expect(new Set(views.map(({ behind, state }) => `${behind} ${state}`))).toEqual(new Set(['0 following']));
  const sizes = new Map(disk.parts.map(({ part, bytes }) => [part, bytes]));
  for (const part of ['log', 'keys', 'views', 'tree'] as const) expect(sizes.get(part)).toBeGreaterThan(0);
});

test('the connections give what is entered elsewhere, and no secret', async () => {
  const html = await page('/admin/integrations');
  expect(html).toContain(`${forum.url}/sign-in/oidc/big-house/callback`);
  expect(html).toMatch(/<p class="stop">[^<]+ does not answer now: nobody can sign in with it/);
  expect(html).toMatch(/HS256[\s\S]+Audience[^\n]+http:\/\/127\.0\.0\.1:\d+/);
  for (const name of [
    'OIDC_&lt;NAME>_CLIENT_SECRET',
    'OIDC_&lt;NAME>_LABEL',
    'SSO_PUBLIC_KEY',
    'SMTP_URL',
    'MAIL_FROM',
    'EMBED_ORIGINS',
  ])
    expect(html).toContain(name);
  for (const secret of SECRETS) expect(html).not.toContain(secret);
});

/** What /admin says is to be done before others come, by the word before its link. */
const firstSteps = async (): Promise<readonly string[]> => {
  const [, list = ''] = /<ul class="first-steps">(.*?)<\/ul>/s.exec(await page('/admin')) ?? [];
  return [...list.matchAll(/<strong>(.*?):<\/strong> <a href="(.*?)"/g)].map(([, state, href]) => `${href} ${state}`);
};

test('the first steps stand on the overview until all of them are done', async () => {
  await runColloquy(['backup', join(place, 'another copy')], { dataDir: forum.dataDir });
  expect(await firstSteps()).toEqual([
    '/admin/outbox Done',
    '/settings#email-title To do',
    '/admin/status Done',
    '/admin/settings#pages To do',
    '/admin/settings#pages To do',
  ]);
  const pages = { rules: 'Be kind.', imprint: 'We, at home.' };
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { pages } });
  expect((await firstSteps()).filter((step) => step.endsWith('To do'))).toEqual(['/settings#email-title To do']);
  const token = await mailedLink(forum, 'confirm', admin.member.id);
  await forum.call('POST', `/confirm/${token}`, { raw: '', headers: { 'content-type': FORM } });
  expect(await firstSteps()).toEqual([]);
});

test.each(['/admin/status', '/admin/integrations'])('%s is for admins alone', async (path) => {
  const moderator = await forum.member(`mod-${path.length}`, ['moderator']);
  const headers = { cookie: `colloquy_session=${moderator.token}` };
  expect([(await forum.call('GET', path)).status, (await forum.call('GET', path, { headers })).status]).toEqual([
    303, 403,
  ]);
});
