import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { OwnSession, Page, Post } from '../../libs/client/index.ts';
import { isRecord } from '../../libs/kernel/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

const HERE = 'https://a.blog.example';
const THERE = 'https://b.blog.example';
const OLD = 'https://old.blog.example';
const FORUM = 'https://forum.example';
const SECRET = 'a secret of the blog and the forum, long enough';
const VERIFIER = 'words that only the frame knows';
let forum: RunningForum;
let reader: TestMember;
let post: Post;
let framed: string;

beforeAll(async () => {
  forum = await startForum({
    env: { EMBED_ORIGINS: `${HERE},${THERE},${OLD}`, PUBLIC_URL: FORUM, SSO_SECRET: SECRET },
  });
  await forum.admin();
  reader = await forum.member('somchai');
  post = await forum.done('PUT', '/api/v1/pages', { body: { url: `${HERE}/peace` } });
  framed = await sessionOn(HERE);
}, 60_000);
afterAll(() => forum?.close());

const own = { origin: FORUM, 'sec-fetch-site': 'same-origin' };
const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  forum.call('POST', path, {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...own, ...headers },
  });
const inFrame = (token: string) => ({ cookie: `__Host-colloquy_session_frame=${token}` });
const tokenIn = (headers: Headers): string =>
  /__Host-colloquy_session_frame=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';

async function codeFor(host: string): Promise<string> {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  const cookie = `__Host-colloquy_session=${reader.token}`;
  const { body } = await send('/embed/sign-in', { host, challenge }, { cookie });
  return /"code":"([\w-]+)"/.exec(String(body))?.[1] ?? '';
}

async function sessionOn(host: string): Promise<string> {
  const { headers } = await send('/embed/sessions', { code: await codeFor(host), verifier: VERIFIER, url: host });
  return tokenIn(headers);
}

const enter = (sub: string, host: string, headers: Record<string, string>) => {
  const sign = createSigner({ algorithm: 'HS256', key: SECRET, aud: FORUM, sub, jti: newId(), expiresIn: 60_000 });
  return send('/embed/sessions', { sso: sign({ name: `Name of ${sub}` }), url: `${host}/peace` }, headers);
};
const bring = (sub: string, session?: string) => enter(sub, HERE, session === undefined ? {} : inFrame(session));

async function ssoSession(sub: string, host = HERE, headers = {}): Promise<string> {
  const answer = await enter(sub, host, headers);
  expect(answer.status).toBe(204);
  return tokenIn(answer.headers);
}

const show = (url: string, token = framed, headers = {}) =>
  forum.call('GET', `/embed?${new URLSearchParams({ url, locale: 'en' })}`, {
    headers: { ...inFrame(token), ...headers },
  });
const path = (url: string, site?: string) => `/embed?${new URLSearchParams({ url, ...(site && { site }) })}`;
const asJson = ({ body }: { readonly body: unknown }) => (isRecord(body) ? body : {});
const me = (token: string, headers = {}) =>
  forum.call('GET', '/api/v1/members/me', { headers: { ...inFrame(token), ...own, ...headers } });

test('a code tells nobody who is signed in, nor anything else', async () => {
  const code = await codeFor(HERE);
  const read = Buffer.from(code, 'base64url').toString('latin1');
  expect(code).not.toBe('');
  for (const part of [reader.member.id, 'undefined', HERE, 'since']) expect(read).not.toContain(part);
});

describe('a session that was opened by a frame', () => {
  it.each([
    ['by a window', () => Promise.resolve(framed), 'You write as Name of somchai'],
    ['by a token of the blog', () => ssoSession('linh'), 'You write as Name of linh'],
  ])('%s is shown on its own site, and to pages of that site alone', async (_, open, words) => {
    const token = await open();
    const shown = await show(`${HERE}/peace`, token);
    expect(shown.body).toContain(words);
    expect(shown.headers.get('content-security-policy')).toContain(`frame-ancestors ${HERE};`);
    const elsewhere = await show(`${THERE}/peace`, token);
    expect(elsewhere.status).toBe(200);
    expect(elsewhere.body).not.toContain('You write as');
    expect(elsewhere.body).toContain('Sign in to comment');
    expect(elsewhere.headers.get('set-cookie')).toBeNull();
  });

  it('counts for the API only where the frame names its site', async () => {
    expect((await me(framed)).status).toBe(401);
    expect((await me(framed, { 'colloquy-frame': THERE })).status).toBe(401);
    expect((await me(framed, { 'colloquy-frame': HERE })).status).toBe(200);
  });

  it('writes by the forms of frames on its site alone', async () => {
    const write = (frame: string, body: string) => send('/embed/comments', { frame, body }, inFrame(framed));
    for (const frame of [path(`${THERE}/peace`), path(`${THERE}/peace`, THERE), path(`${HERE}/peace`)]) {
      expect((await write(frame, 'From elsewhere')).status).toBe(401);
    }
    expect((await write(path(`${HERE}/peace`, HERE), 'From here')).status).toBe(303);
    expect((await forum.thread(post.id)).items).toMatchObject([{ body: 'From here' }]);
  });

  it('is live only where the frame names its site', async () => {
    const posted = async (named: { readonly frame?: string }): Promise<unknown> => {
      const socket = new TestSocket(forum.url, { headers: { ...inFrame(framed), origin: FORUM }, ...named });
      await socket.connected();
      const answer = await socket.send('comment:post', { id: newId(), postId: post.id, body: 'Live' });
      socket.close();
      return answer;
    };
    const refused = { ok: false, error: { code: 'unauthenticated' } };
    expect(await posted({})).toMatchObject(refused);
    expect(await posted({ frame: THERE })).toMatchObject(refused);
    expect(await posted({ frame: HERE })).toMatchObject({ ok: true });
  });

  it('from before sites were kept is still read', async () => {
    expect((await me(reader.token)).status).toBe(200);
    expect((await show(`${THERE}/peace`, reader.token)).body).toContain('You write as Name of somchai');
  });

  it('folds what its member does not read, and leads to that choice in a tab', async () => {
    await forum.comment(await forum.member('malee'), post.id, { body: 'เห็นด้วยกับบทความนี้' });
    const folded = '<summary dir="auto">A comment in Thai by Name of malee</summary>';
    expect((await show(`${HERE}/peace`)).body).not.toContain(folded);
    await forum.done('PATCH', '/api/v1/members/me', { token: reader.token, body: { reads: ['en'] } });
    const shown = (await show(`${HERE}/peace`)).body;
    expect(shown).toContain(folded);
    expect(shown).toContain('href="/languages?next=%2Fsettings"');
    expect((await show(`${HERE}/peace`, 'no session')).body).not.toContain(folded);
    await forum.done('PATCH', '/api/v1/members/me', { token: reader.token, body: { reads: [] } });
  });

  it('asks a reader without an account which languages it reads in its own place, and keeps the choice for the site around it', async () => {
    await forum.comment(await forum.member('dara'), post.id, {
      body: 'I agree with this article, and so do my friends.',
    });
    const plain = path(`${HERE}/peace`);
    const seen = async (at: string, cookie = ''): Promise<string> =>
      String((await forum.call('GET', at, { headers: { cookie } })).body);
    const folded = 'A comment in Thai by Name of malee</summary>';
    const link = `/embed/languages?frame=${encodeURIComponent(plain)}`;
    expect(await seen(plain)).toContain(`href="${link}" target="_self"`);

    const form = await forum.call('GET', link, { headers: {} });
    expect(form.headers.get('content-security-policy')).toContain(`frame-ancestors ${HERE};`);
    expect(form.body).toMatch(/action="\/embed\/languages" target="_self"[\s\S]*name="reads-en" value="1"\/>/);

    const chosen = await send('/embed/languages', { frame: plain, 'reads-en': '1' });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, `${plain}&reads=en`]);
    const cookie = String(chosen.headers.get('set-cookie'));
    expect(cookie).toMatch(/^__Host-colloquy_reads_frame=en; .*Path=\/; HttpOnly; Secure; Partitioned; SameSite=None$/);
    const kept = '__Host-colloquy_reads_frame=en';
    const stated = await seen(`${plain}&reads=en`);
    expect([stated, await seen(plain, kept)]).toEqual([
      expect.stringContaining(folded),
      expect.stringContaining(folded),
    ]);
    expect(stated).toContain('&amp;reads=en#comment-');
    const open = [plain, `${plain}&reads=klingon`, `${plain}&reads=all`].map((at) => seen(at));
    const elsewhere = [
      seen(`/posts/${post.slug}`, kept),
      seen(plain, '__Host-colloquy_reads=en; __Host-colloquy_reads_frame=all'),
    ];
    for (const html of await Promise.all([...open, ...elsewhere])) expect(html).not.toContain(folded);

    const all = await send('/embed/languages', { frame: plain });
    expect([all.headers.get('location'), String(all.headers.get('set-cookie')).split(';')[0]]).toEqual([
      `${plain}&reads=all`,
      '__Host-colloquy_reads_frame=all',
    ]);
    expect((await send('/embed/languages', { 'reads-en': '1' })).status).toBe(400);
  });

  it('names its site among the devices', async () => {
    const { items } = await forum.done<Page<OwnSession>>('GET', '/api/v1/sessions', { token: reader.token });
    const ways = items.filter(({ way }) => way === 'frame').map(({ device }) => device);
    expect(ways[0]).toMatch(/a\.blog\.example$/);
    const page = await forum.call('GET', '/settings/devices', {
      headers: { cookie: `__Host-colloquy_session=${reader.token}` },
    });
    expect(page.body).toContain('a.blog.example');
  });

  it('ends when one of another person takes its place', async () => {
    const first = await ssoSession('alice');
    const second = await ssoSession('bob', HERE, inFrame(first));
    const there = { 'colloquy-frame': HERE };
    expect(await me(second, there)).toMatchObject({ status: 200, body: { displayName: 'Name of bob' } });
    expect((await me(first, there)).status).toBe(401);
  });
});

describe('a page that was drawn for the person before', () => {
  const text = 'A private thought of Alice';
  const there = path(`${HERE}/peace`, HERE);
  let before: string;
  let now: string;

  beforeAll(async () => {
    const first = await ssoSession('alice-before');
    before = String(asJson(await me(first, { 'colloquy-frame': HERE })).id);
    now = await ssoSession('bob-after', HERE, inFrame(first));
  });
  const stated = () => ({ ...inFrame(now), 'colloquy-frame': HERE, 'colloquy-as': before });

  it('is refused by the API as by an ended session, and ends nobody’s', async () => {
    const wish = { body: { postId: post.id, body: text }, headers: { ...own, ...stated() } };
    const kept = await forum.call('PUT', '/api/v1/members/me/drafts', wish);
    expect(kept).toMatchObject({ status: 401, body: { code: 'someone_else' } });
    expect(asJson(kept).detail).toBe('Somebody else is signed in in this browser now.');
    expect(kept.headers.get('set-cookie')).toBeNull();
    const bob = asJson(await me(now, { 'colloquy-frame': HERE }));
    expect(await me(now, { 'colloquy-frame': HERE, 'colloquy-as': String(bob.id) })).toMatchObject({ status: 200 });
    expect((await forum.call('GET', '/api/v1/members/me/drafts', { headers: { ...own, ...stated() } })).status).toBe(
      401,
    );
  });

  it('gives back what its forms send, to be sent by whoever signs in', async () => {
    const answer = await send('/embed/comments', { frame: there, as: before, body: text }, inFrame(now));
    expect(answer.status).toBe(401);
    expect(answer.body).toContain(text);
    expect(answer.body).toContain(`name="as" value="${before}"`);
    expect(answer.body).toContain('Somebody else is signed in</h1>');
    expect(answer.body).not.toContain('You are not signed in. ');
    expect(JSON.stringify(await forum.thread(post.id))).not.toContain(text);
  });

  it('gives back what other forms send, and says who is signed in', async () => {
    const { slug } = await forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
    const headers = { cookie: `__Host-colloquy_session=${reader.token}` };
    const answer = await send(`/posts/${slug}/comments`, { as: before, body: text }, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).toContain(text);
    expect(answer.body).toContain('Somebody else is signed in in this browser now.');
    expect(answer.body).not.toContain('You are not signed in');
  });

  it('says in its forms for whom it was drawn', async () => {
    const { id } = asJson(await me(now, { 'colloquy-frame': HERE }));
    const shown = String((await show(`${HERE}/peace`, now)).body);
    const forms = shown.match(/<form[^>]*method="post"[\s\S]*?<\/form>/g) ?? [];
    expect(forms.length).toBeGreaterThan(2);
    for (const form of forms) expect(form).toContain(`name="as" value="${id}"`);
    const links = shown.match(/"\/embed\?[^"]+"/g) ?? [];
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect(link).toContain(`as=${id}`);
  });

  it('is live for nobody', async () => {
    const socket = new TestSocket(forum.url, {
      headers: { ...inFrame(now), origin: FORUM },
      frame: HERE,
      as: before,
    });
    await socket.connected();
    const answer = await socket.send('comment:post', { id: newId(), postId: post.id, body: text });
    socket.close();
    expect(answer).toMatchObject({ ok: false, error: { code: 'someone_else' } });
  });

  it('comes again as nobody’s, and says so', async () => {
    const again = await forum.call('GET', `${there}&as=${before}`, { headers: inFrame(now) });
    expect(again.status).toBe(200);
    expect(again.body).toContain('Somebody else is signed in in this browser now.');
    expect(again.body).toContain('Sign in to comment');
    expect(again.body).not.toContain('You write as');
    expect(again.headers.get('set-cookie')).toBeNull();
    const asStranger = await forum.call('GET', there);
    expect(asStranger.body).not.toContain('Somebody else');
  });

  it('reads what anyone may', async () => {
    const headers = { ...own, ...stated() };
    expect((await forum.call('GET', `/api/v1/posts/${post.id}/comments`, { headers })).status).toBe(200);
  });

  it('signs nobody else out, and is nobody’s from then on, as each later page of it', async () => {
    const frame = `${there}&as=${before}`;
    const answer = await send('/embed/sign-out', { frame, as: before }, inFrame(now));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${there}&as=`]);
    for (const place of [frame, `${there}&as=`, `${there}&as=&sort=newest`]) {
      const shown = String((await forum.call('GET', place, { headers: inFrame(now) })).body);
      expect(shown).toContain('Somebody else is signed in in this browser now.');
      expect(shown).not.toContain('You write as');
      const links = shown.match(/"\/embed\?[^"]+"/g) ?? [];
      expect(links.length).toBeGreaterThan(1);
      for (const link of links) expect(link).toMatch(/&(amp;)?as=[&"#]/);
      // Whoever signs in from there has the page that is theirs.
      expect(shown).toMatch(/"\/sign-in\?next=%2Fembed(?![^"]*%26as%3D)/);
      expect((await forum.call('GET', place)).body).not.toContain('Somebody else');
    }
    const unwritten = `${path(`${HERE}/unwritten-by-anybody`)}&locale=en`;
    expect((await forum.call('GET', `${unwritten}&as=`)).body).toMatch(/"\/embed\?[^"]+as="/);
    expect((await forum.call('GET', unwritten)).body).not.toMatch(/"\/embed\?[^"]+as="/);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect((await me(now, { 'colloquy-frame': HERE })).status).toBe(200);
  });

  it('takes no cookie away when its own session is asked for after that one ended', async () => {
    const ended = await ssoSession('alice-late');
    await ssoSession('bob-late', HERE, inFrame(ended));
    for (const path of ['/api/v1/members/me', `/api/v1/posts/${post.id}/comments`, there]) {
      const late = await forum.call('GET', path, { headers: { ...own, ...inFrame(ended), 'colloquy-frame': HERE } });
      expect({ path, cookie: late.headers.get('set-cookie') }).toEqual({ path, cookie: null });
    }
  });
});

describe('a form that was drawn for a member who is signed in no more', () => {
  const text = 'A private thought of Alice';
  let alice: string;

  beforeAll(async () => {
    alice = String(asJson(await me(await ssoSession('alice-gone'), { 'colloquy-frame': HERE })).id);
    await guests(true);
  });
  afterAll(() => guests(false));
  async function guests(guests: boolean): Promise<void> {
    const { token } = await forum.admin();
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests } });
  }

  it.each<[string, Record<string, string>]>([
    ['sent', {}],
    ['sent for its preview', { preview: '1' }],
    ['sent as a guest’s', { name: 'A guest', email: 'guest@example.org' }],
  ])('is no guest’s where it is %s: its text is given back for that member alone', async (_, more) => {
    const frame = path(`${HERE}/peace`);
    for (const headers of [{}, inFrame('an ended session'), inFrame(await ssoSession('of-another-site', THERE))]) {
      const answer = await send('/embed/comments', { frame, as: alice, body: text, ...more }, headers);
      expect(answer.status).toBe(401);
      expect(answer.body).toContain(text);
      expect(answer.body).toContain(`name="as" value="${alice}"`);
      expect(answer.body).toContain('You are not signed in');
      expect(answer.body).not.toContain('Comment without an account');
    }
    expect(JSON.stringify(await forum.thread(post.id))).not.toContain(text);
  });

  it.each<[string, Record<string, string>]>([
    ['sent', {}],
    ['sent for its preview', { preview: '1' }],
  ])('is no guest’s on the forum’s own page either, where it is %s', async (_, more) => {
    const { slug } = await forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
    const answer = await send(`/posts/${slug}/comments`, { as: alice, body: text, ...more });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain(text);
    expect(answer.body).toContain(`name="as" value="${alice}"`);
    expect(answer.body).not.toContain('Comment without an account');
  });

  it('is no guest’s of the API either', async () => {
    const guest = { name: 'A guest', email: 'guest@example.org' };
    const wish = { body: { body: text, guest }, headers: { ...own, 'colloquy-as': alice } };
    const answer = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, wish);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('leaves the frame for whoever reads it now', async () => {
    const frame = path(`${HERE}/peace`);
    const answer = await send('/embed/sign-out', { frame, as: alice });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, frame]);
  });
});

test('the forum’s own pages say in a member’s forms for whom they were drawn, and in a guest’s that it is nobody’s', async () => {
  const { slug } = await forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  const formOf = async (headers: Record<string, string>) => {
    const { body } = await forum.call('GET', `/posts/${slug}`, { headers });
    return /<form class="composer"[\s\S]*?<\/form>/.exec(String(body))?.[0] ?? '';
  };
  for (const member of [reader, await forum.member('linh-too')]) {
    const form = await formOf({ cookie: `__Host-colloquy_session=${member.token}` });
    expect(form).toContain(`name="as" value="${member.member.id}"`);
  }
  const { token } = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
  const form = await formOf({});
  await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
  expect(form).toContain('Comment without an account');
  expect(form).toContain('name="as" value/>');
});

describe('who signs in in a frame', () => {
  it('is named by the answer', async () => {
    const sign = createSigner({
      algorithm: 'HS256',
      key: SECRET,
      aud: FORUM,
      sub: 'named',
      jti: newId(),
      expiresIn: 60_000,
    });
    const answer = await send('/embed/sessions', { sso: sign({ name: 'Named' }), url: `${HERE}/peace` });
    const { id } = asJson(await me(tokenIn(answer.headers), { 'colloquy-frame': HERE }));
    expect(answer.headers.get('colloquy-as')).toBe(id);
  });
});

describe('a frame that was drawn for a guest', () => {
  it('sends nothing as a member who signed in since', async () => {
    const { token } = await forum.admin();
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
    const { body } = await forum.call('GET', path(`${HERE}/peace`));
    expect(body).toContain('name="as" value/>');
    const cookie = `__Host-colloquy_session=${reader.token}`;
    const text = 'A guest’s thought';
    const fields = { as: '', name: 'A guest', email: 'guest@example.org', body: text };
    const answer = await send('/embed/comments', { frame: path(`${HERE}/peace`), ...fields }, { cookie });
    expect(answer.status).toBe(401);
    expect(answer.body).toContain(text);
    expect(answer.body).toContain('Somebody else is signed in');
    expect(JSON.stringify(await forum.thread(post.id))).not.toContain(text);
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
  });

  it('tells what became of a text though the page comes for a member who signed in since', async () => {
    const { token } = await forum.admin();
    const sent = `${path(`${HERE}/peace`, HERE)}&sent=guest`;
    const session = await ssoSession('after-a-guest');
    const shown = async () => String((await forum.call('GET', sent, { headers: inFrame(session) })).body);
    expect(await shown()).not.toContain('Nearly done: a mail is on its way');
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
    expect(await shown()).toContain('You write as Name of after-a-guest');
    expect((await shown()).split('>Nearly done: a mail is on its way').length).toBe(2);
    expect(String((await forum.call('GET', sent)).body).split('>Nearly done: a mail is on its way').length).toBe(2);
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
  });
});

describe('a member in a frame who is banned', () => {
  it('reads on as anyone, and is told so wherever the session would be needed', async () => {
    const { token } = await forum.admin();
    const session = await ssoSession('banned');
    const headers = { ...own, ...inFrame(session), 'colloquy-frame': HERE };
    const { id } = asJson(await me(session, { 'colloquy-frame': HERE }));
    const site = path(`${HERE}/peace`, HERE);
    await forum.done('POST', `/api/v1/members/${id}/sanctions`, { token, body: { kind: 'ban', reason: 'spam' } });

    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
    const shown = await forum.call('GET', `${site}&as=${id}`, { headers: inFrame(session) });
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
    expect(shown.status).toBe(200);
    expect(shown.body).not.toContain('<textarea');
    expect(shown.body).toContain('From here');
    expect(shown.body).toContain('This account was banned from the forum.');
    expect(shown.body).toContain('href="/appeal"');
    expect((await forum.call('GET', `/api/v1/posts/${post.id}/comments`, { headers })).status).toBe(200);
    expect(await me(session, { 'colloquy-frame': HERE })).toMatchObject({ status: 403, body: { code: 'banned' } });
    const sent = await send('/embed/comments', { frame: site, as: String(id), body: 'Kept' }, inFrame(session));
    expect(sent.status).toBe(403);
    expect(sent.body).toContain('This account was banned from the forum.');
    expect(sent.body).toContain('Kept');

    const socket = new TestSocket(forum.url, {
      headers: { ...inFrame(session), origin: FORUM },
      frame: HERE,
      as: String(id),
    });
    await socket.connected();
    const wish = { id: newId(), postId: post.id, body: 'Live' };
    expect(await socket.send('comment:post', wish)).toMatchObject({ ok: false, error: { code: 'banned' } });
    expect(await socket.send('thread:join', { postId: post.id })).toMatchObject({ ok: true });
    expect(socket.of('session:refused')).toEqual([
      { code: 'banned', detail: 'This account was banned from the forum.' },
    ]);
    socket.close();

    // Whoever else signs in there does.
    expect(await ssoSession('after-the-ban', HERE, inFrame(session))).not.toBe('');
  });

  it('is told so on the origin whose token it was, and is anyone on a sibling of it, whose session stays', async () => {
    const { token } = await forum.admin();
    const { id } = asJson(await me(await ssoSession('told-once'), { 'colloquy-frame': HERE }));
    await forum.done('POST', `/api/v1/members/${id}/sanctions`, { token, body: { kind: 'ban', reason: 'spam' } });
    const note = tokenIn((await bring('told-once')).headers);
    const banned = 'role="status">This account was banned';
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });

    const here = await show(`${HERE}/peace`, note);
    expect(here.body).toContain(banned);
    expect(here.body).not.toContain('<textarea');
    expect(here.headers.get('content-security-policy')).toContain(`frame-ancestors ${HERE};`);
    const there = await show(`${THERE}/peace`, note);
    expect(there.body).not.toContain(banned);
    expect(there.body).toContain('<textarea');
    const says = (frame: string) => send('/embed/comments', { frame, body: 'A guest’s' }, inFrame(note));
    expect((await says(path(`${HERE}/peace`, HERE))).status).toBe(403);
    expect((await says(path(`${THERE}/peace`))).status).toBe(400);
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
    for (const [frame, told] of [
      [HERE, 1],
      [THERE, 0],
    ] as const) {
      const socket = new TestSocket(forum.url, { headers: { ...inFrame(note), origin: FORUM }, frame });
      await socket.connected();
      expect(await socket.send('thread:join', { postId: post.id })).toMatchObject({ ok: true });
      expect(socket.of('session:refused').length).toBe(told);
      socket.close();
    }

    const session = await sessionOn(THERE);
    const again = await bring('told-once', session);
    expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null]);
    expect((await me(session, { 'colloquy-frame': THERE })).status).toBe(200);
  });

  it('ends no session of a sibling origin where the page around says that nobody is signed in', async () => {
    const there = await ssoSession('on-a-sibling', THERE);
    const leave = (site: string) => send('/embed/sign-out', {}, { ...inFrame(there), 'colloquy-frame': site });
    const answer = await leave(HERE);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([303, null]);
    expect((await me(there, { 'colloquy-frame': THERE })).status).toBe(200);
    expect((await leave(THERE)).headers.get('set-cookie')).toContain('__Host-colloquy_session_frame=;');
    expect((await me(there, { 'colloquy-frame': THERE })).status).toBe(401);
  });

  it('or suspended, reads until when', async () => {
    const { token } = await forum.admin();
    const session = await ssoSession('suspended');
    const { id } = asJson(await me(session, { 'colloquy-frame': HERE }));
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const body = { kind: 'suspension', reason: 'spam', until };
    await forum.done('POST', `/api/v1/members/${id}/sanctions`, { token, body });
    const shown = await show(`${HERE}/peace`, session);
    expect(shown.body).toMatch(/You can read, but not write, until <?[^.]*\d/);
  });
});

describe('a site that moved', () => {
  const hosts = async (url: string) =>
    (await forum.call('GET', path(url))).headers.get('content-security-policy')?.match(/frame-ancestors ([^;]+)/)?.[1];

  it('shows what its alias leads to, and nothing else of the other site', async () => {
    const { token } = await forum.admin();
    const pageAliases = [
      { from: `${OLD}/2024/`, to: `${HERE}/blog/` },
      { from: `${OLD}/2024/away/`, to: `${THERE}/` },
    ];
    await forum.done('PATCH', '/api/v1/site', { token, body: { pageAliases } });
    expect(await hosts(`${HERE}/blog/peace`)).toBe(`${HERE} ${OLD}`);
    expect(await hosts(`${OLD}/2024/peace`)).toBe(`${HERE} ${OLD}`);
    expect(await hosts(`${HERE}/peace`)).toBe(HERE);
    expect(await hosts(`${HERE}/blogs`)).toBe(HERE);
    expect(await hosts(`${HERE}/blog/away/peace`)).toBe(HERE);

    // Each of both sites has its own session for the same discussion.
    const former = await sessionOn(OLD);
    const stated = await forum.call('GET', path(`${HERE}/blog/peace`, OLD), { headers: inFrame(former) });
    const ofPage = { referer: `${OLD}/2024/peace` };
    for (const shown of [stated, await show(`${HERE}/blog/peace`, former, ofPage)]) {
      expect(shown.body).toContain('You write as');
      expect(shown.headers.get('content-security-policy')).toContain(`frame-ancestors ${OLD};`);
    }
    // Where nothing tells on which of them the frame stands, both can show the answer.
    const untold = await show(`${HERE}/blog/peace`, former);
    expect(untold.body).not.toContain('You write as');
    expect(untold.headers.get('content-security-policy')).toContain(`frame-ancestors ${HERE} ${OLD};`);
    const referred = await show(`${HERE}/blog/peace`, former, { referer: `${HERE}/blog/peace` });
    expect(referred.body).not.toContain('You write as');
    await forum.done('PATCH', '/api/v1/site', { token, body: { pageAliases: [] } });
  });
});

test.each(['/sign-in', '/register', '/sign-in/link', '/forgot'])(
  'the window of a frame names the page’s site at each step: %s',
  async (path) => {
    const pageFor = async (next: string): Promise<string> =>
      String((await forum.call('GET', `${path}?${new URLSearchParams({ next })}`)).body);
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const step = (host: string) => `/embed/sign-in?${new URLSearchParams({ host, challenge })}`;
    expect(await pageFor(step(HERE))).toContain('For the discussion on a.blog.example');
    for (const next of ['/', '/posts/one', step('no address'), step('<b>')]) {
      expect(await pageFor(next)).not.toContain('For the discussion on');
    }
  },
);
