import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Site } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
beforeAll(async () => {
  forum = await startForum({ env: { COMMENT_MAX_DEPTH: '3' } });
  admin = await forum.admin();
  member = await forum.member('somchai');
}, 60_000);
afterAll(() => forum?.close());

interface Sent {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
}

/** Sends a form with files as a browser does. */
async function send(fields: Readonly<Record<string, string | Blob>>, as: TestMember = admin): Promise<Sent> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, 'picture.png');
  }
  const headers = { cookie: `colloquy_session=${as.token}`, origin: forum.url };
  const answer = await fetch(`${forum.url}/admin/settings`, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

const page = async (as: TestMember | undefined, path = '/admin/settings') => {
  const answer = await forum.call(
    'GET',
    path,
    as === undefined ? {} : { headers: { cookie: `colloquy_session=${as.token}` } },
  );
  return { status: answer.status, html: String(answer.body) };
};
const site = (): Promise<Site> => forum.done('GET', '/api/v1/site', { token: admin.token });
const LOOK = {
  part: 'look',
  name: 'Mekong talk',
  tagline: 'Along',
  description: '',
  accent: '#7a1f5c',
  logo: '',
  icon: '',
};
const picture = async (): Promise<Blob> => {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 4, background: '#7a1f5c' } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
};

describe('the settings page', () => {
  it('is for admins alone, who find it from the page that tells them that they are one', async () => {
    expect((await page(member)).status).toBe(403);
    expect((await send(LOOK, member)).status).toBe(403);
    expect((await page(admin, '/admin')).html).toMatch(
      /You are an admin of this forum\.[\s\S]+href="\/admin\/settings"/,
    );
    expect((await page(admin, '/')).html).toContain('href="/admin"');
    expect((await page(member, '/')).html).not.toContain('href="/admin"');
  });

  it('saves each of its forms alone', async () => {
    const saved = await send(LOOK);
    expect(saved).toMatchObject({
      status: 303,
      location: expect.stringMatching(/^\/admin\/settings\?saved=look&after=\d+#look$/),
    });
    await send({ part: 'languages', defaultLocale: 'th', 'locale-vi': '1', timeZone: 'Asia/Bangkok' });
    await send({ part: 'joining', registration: 'closed', ssoRoles: '1' });
    await send({
      part: 'discussions',
      closeAfterDays: '30',
      slowModeSeconds: '0',
      maxLength: '500',
      editWindowMinutes: '',
      commentImages: '1',
      translations: 'members',
    });
    await send({ part: 'elsewhere', menu: 'Our blog https://blog.example/\r\n\r\nAbout us /about', embedOrigins: '' });
    await send({ part: 'pages', about: '# We', rules: '', privacy: '', imprint: '' });
    expect(await site()).toMatchObject({
      name: 'Mekong talk',
      accent: '#7a1f5c',
      defaultLocale: 'th',
      locales: ['vi', 'th'],
      timeZone: 'Asia/Bangkok',
      registration: 'closed',
      ssoRoles: true,
      guests: false,
      discussion: { closeAfterDays: 30, maxLength: 500, maxDepth: 3, editWindowMinutes: null, images: true },
      menu: [
        { label: 'Our blog', href: 'https://blog.example/' },
        { label: 'About us', href: '/about' },
      ],
      pages: { about: '# We', rules: null },
    });
    await send({ part: 'languages', defaultLocale: 'en', timeZone: 'UTC' });
  });

  it('takes the colour of the picker, unless its code was changed: without a program the two do not go together', async () => {
    const shown = { accentShown: '#7a1f5c' };
    await send({ ...LOOK, ...shown, accentPicked: '#00479e' });
    expect((await site()).accent).toBe('#00479e');
    await send({ ...LOOK, accentShown: '#00479e', accentPicked: '#00479e', accent: '#7a1f5c' });
    expect((await site()).accent).toBe('#7a1f5c');
    const preview = await send({ ...LOOK, ...shown, accentPicked: '#00479e', do: 'preview' });
    expect(preview.html).toMatch(/type="color"[^>]*value="#00479e"[\s\S]*id="accent"[^>]*value="#00479e"/);
    const wrong = { ...LOOK, accent: 'red', accentShown: 'red' };
    expect((await send({ ...wrong, accentPicked: '#0c5c5c' })).status).toBe(400);
    expect((await send({ ...wrong, accentPicked: '#7a1f5c' })).status).toBe(303);
  });

  it('offers to see what addresses would do before it offers to save them, and says it between fields and buttons', async () => {
    const partOf = (html: string): string => /<section id="addresses"[\s\S]*?<\/form>/.exec(html)?.[0] ?? '';
    const fields = { part: 'addresses', siteNames: '', pageAliases: '', pageQueries: 'https://blog.example keep id' };
    const offered = partOf((await page(admin)).html);
    const seen = partOf((await send({ ...fields, do: 'preview' })).html);
    expect(offered).toMatch(
      /class="button" type="submit" name="do" value="preview"[\s\S]*class="button quiet"[\s\S]*Save/,
    );
    expect(seen).toMatch(/name="pageQueries"[\s\S]*id="moves"[\s\S]*value="preview"[\s\S]*Save/);
  });

  it('shows a fixed setting with the name that fixes it, and not as a field', async () => {
    const { html } = await page(admin);
    expect(html).toContain('Fixed by COMMENT_MAX_DEPTH in the environment of the server');
    expect(html).not.toContain('name="maxDepth"');
    const form = { part: 'discussions', slowModeSeconds: '0', maxLength: '500', maxDepth: '9', translations: 'staff' };
    expect((await send(form)).status).toBe(303);
    expect((await site()).discussion.maxDepth).toBe(3);
  });

  it.each([
    ['name', { ...LOOK, name: ' ' }, 'Please fill this in.'],
    [
      'accent',
      { ...LOOK, accent: '#ff8800' },
      /contrast is 2\.\d:1, and 4\.5:1 is needed\. The nearest that passes is #[0-9a-f]{6}/,
    ],
    ['accent', { ...LOOK, accent: '#ff8800' }, /id="preview"[^>]* hidden/],
    ['accent', { ...LOOK, accent: 'red' }, 'This is no colour'],
    ['registration', { part: 'joining', registration: 'sideways' }, 'id="registration-error"'],
    ['box', { part: 'joining', registration: 'open', ssoRoles: 'perhaps' }, 'id="ssoRoles-error"'],
    [
      'queuePromiseHours',
      { part: 'discussions', slowModeSeconds: '0', maxDepth: '5', maxLength: '100', queuePromiseHours: '721' },
      'A whole number from 1 to 720.',
    ],
    ['erasureDays', { part: 'joining', registration: 'open', erasureDays: '99' }, 'A whole number from 0 to 30.'],
    ['language', { part: 'languages', defaultLocale: 'xx', timeZone: 'UTC' }, 'id="defaultLocale-error"'],
    ['zone', { part: 'languages', defaultLocale: 'en', timeZone: 'Nowhere/Land' }, 'id="timeZone-error"'],
    ['maxLength', { part: 'discussions', slowModeSeconds: '0', maxLength: 'many' }, 'A whole number from'],
    ['menu', { part: 'elsewhere', menu: 'Nothing', embedOrigins: '' }, 'This line has no address: Nothing'],
    ['menu', { part: 'elsewhere', menu: 'Bad javascript:alert(1)', embedOrigins: '' }, 'This is not accepted.'],
    [
      'embedOrigins',
      { part: 'elsewhere', menu: '', embedOrigins: 'https://x.example/path' },
      'without a path: https://x.example/path',
    ],
    [
      'embedOrigins',
      { part: 'elsewhere', menu: '', embedOrigins: 'localhost:4710' },
      'Begin with https:// (or http://localhost)',
    ],
  ])('brings a form with a wrong %s back, and saves nothing', async (_, form, told) => {
    const before = await site();
    const { status, html } = await send(form);
    expect(status).toBe(400);
    expect(html).toMatch(told);
    expect(await site()).toEqual(before);
  });

  it('keeps what stands of a field that a form has not, as one that was drawn before an upgrade', async () => {
    const before = await site();
    expect(before).toMatchObject({ translations: 'staff', discussion: { maxLength: 500, closeAfterDays: 30 } });
    const { status } = await send({ part: 'discussions', slowModeSeconds: '7' });
    expect([status, await site()]).toEqual([
      303,
      { ...before, discussion: { ...before.discussion, slowModeSeconds: 7 } },
    ]);
    const joining = await send({ part: 'joining', ssoRoles: '1' });
    expect([joining.status, (await site()).registration]).toEqual([303, before.registration]);
    expect((await send({ part: 'discussions', translations: 'whoever' })).status).toBe(400);
    expect((await send({ part: 'discussions', slowModeSeconds: '' })).status).toBe(400);
  });

  it('refuses a form that is none', async () => {
    expect((await send({ part: 'other' })).status).toBe(400);
    const headers = { cookie: `colloquy_session=${admin.token}`, 'content-type': 'multipart/form-data; boundary=x' };
    expect((await forum.call('POST', '/admin/settings', { headers, raw: 'nonsense' })).status).toBe(400);
    expect((await forum.call('POST', '/write', { headers, raw: '--x--\r\n' })).status).toBe(415);
  });

  it('keeps a logo and an icon, shows them before they are saved, and takes them away', async () => {
    const previewed = await send({ ...LOOK, do: 'preview', logoFile: await picture() });
    expect(previewed.status).toBe(200);
    const [, logo = ''] = /name="logo" value="([0-9a-f-]{36})"/.exec(previewed.html) ?? [];
    expect(previewed.html).toContain('href="/brand/preview-7a1f5c.css"');
    expect((await site()).logo).toBeNull();
    const image = await fetch(`${forum.url}/images/${logo}-480.webp`);
    expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/webp']);

    expect((await send({ ...LOOK, logo, iconFile: await picture() })).status).toBe(303);
    const { icon } = await site();
    expect((await page(undefined, '/')).html).toContain(`<img class="logo" src="/images/${logo}-480.webp" alt`);
    expect((await page(undefined, '/')).html).toContain(
      `<link rel="icon" type="image/webp" href="/images/${icon}-480.webp"`,
    );
    await send({ ...LOOK, logo, icon: icon ?? '', noLogo: '1', noIcon: '1' });
    expect(await site()).toMatchObject({ logo: null, icon: null });
  });

  it('refuses what is no picture, and an id of none', async () => {
    const wrong = await send({ ...LOOK, logoFile: new Blob(['<svg onload="alert(1)">'], { type: 'image/png' }) });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('This is no picture that can be shown.');
    const forged = await send({ ...LOOK, logo: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02' });
    expect(forged.status).toBe(400);
    expect((await site()).logo).toBeNull();
  });
});
