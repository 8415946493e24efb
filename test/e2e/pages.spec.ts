import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { type CallOptions, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let demo: RunningForum;
let mali: TestMember;
let staff: TestMember;
let post: Post;

beforeAll(async () => {
  [forum, demo] = await Promise.all([startForum(), startForum({ env: { DEMO: 'on' } })]);
  await demo.admin();
  mali = await forum.member('mali', ['editor']);
  staff = await forum.member('sokha-staff', ['moderator', 'auditor']);
  post = await forum.publish(mali, { title: 'A post' });
}, 60_000);
afterAll(() => Promise.all([forum?.close(), demo?.close()]));

const FORM = 'application/x-www-form-urlencoded';

function send(path: string, fields: Record<string, string>, { as, headers = {}, to = forum }: SendOptions = {}) {
  const cookie = as ? { cookie: `colloquy_session=${as.token}` } : {};
  const options: CallOptions = {
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': FORM, ...cookie, ...headers },
  };
  return to.call('POST', path, options);
}
interface SendOptions {
  readonly as?: TestMember;
  readonly headers?: Readonly<Record<string, string>>;
  readonly to?: RunningForum;
}

describe('the form to register', () => {
  it('lets the browser say which handles and passwords are too short, before anything is sent', async () => {
    const html = String((await forum.call('GET', '/register')).body);
    const of = (name: string) => new RegExp(`<input[^>]* name="${name}"[^>]*>`).exec(html)?.[0] ?? '';
    const handle = new RegExp(`^(?:${/ pattern="([^"]*)"/.exec(of('handle'))?.[1]})$`, 'v');
    const fits = ['ab', 'abc', ' abc ', 'ស្រី', 'a.b-c_1', 'a b c', 'a'.repeat(31)].filter((one) => handle.test(one));
    expect(fits).toEqual(['abc', ' abc ', 'ស្រី', 'a.b-c_1']);
    expect(of('handle')).toContain(' title="Only letters, digits, dots, - and _, 3 to 30 of them."');
    expect(of('password')).toContain(' minlength="10"');
  });
});

describe('the page to sign in', () => {
  const page = async (path: string, as?: TestMember) => {
    const headers = as === undefined ? {} : { cookie: `colloquy_session=${as.token}` };
    return String((await forum.call('GET', path, { headers })).body);
  };

  it('says who is signed in, with the way on, and keeps its form for others', async () => {
    const html = await page('/sign-in?next=%2Farchive', mali);
    expect(html).toContain('You are signed in as Name of mali (@mali).');
    expect(html).toContain('<a class="button" href="/archive">');
    expect(html).not.toContain('name="password"');
    expect(html).toContain('href="/sign-in?other=1&amp;next=%2Farchive"');
    for (const path of ['/sign-in?other=1&next=%2Farchive', '/sign-in?done=reset']) {
      expect(await page(path, mali)).toContain('name="password"');
    }
    expect(await page('/sign-in?next=%2Farchive')).toContain('name="password"');
  });
});

describe('the default text about privacy', () => {
  it('tells of mails about what happens, and of what is kept of reading', async () => {
    const html = String((await forum.call('GET', '/privacy')).body);
    expect(html).toContain('mails that tell you of answers, mentions, decisions');
    expect(html).toContain('up to which of their notifications they have read');
    expect(html).not.toContain('The program keeps no record of what you read.');
  });
});

describe('the rules', () => {
  it('are led to beside the button that makes an account, and until they stand the first steps name them', async () => {
    const admin = await forum.admin();
    const overview = async () =>
      String((await forum.call('GET', '/admin', { headers: { cookie: `colloquy_session=${admin.token}` } })).body);
    const register = async () => String((await forum.call('GET', '/register')).body);
    expect(await register()).not.toContain('Read the rules');
    expect(await overview()).toContain('To do:</strong> <a href="/admin/settings#pages">Write the rules</a>');
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { pages: { rules: 'Be kind.' } } });
    expect(await register()).toMatch(/<a href="\/rules" target="_blank" rel="noopener">Read the rules of this forum</);
    expect(await overview()).toContain('Done:</strong> <a href="/admin/settings#pages">Write the rules</a>');
    expect(await overview()).toContain('To do:</strong> <a href="/admin/settings#pages">Write the imprint</a>');
  });
});

describe('a form that is refused', () => {
  it('begins with a summary whose lines lead to the fields, in their order', async () => {
    const fields = { displayName: 'Hoa', handle: 'mali', email: 'nothing', password: 'short' };
    const html = String((await send('/register', fields)).body);
    const [, summary = ''] = /<div class="form-error"[^>]*>(.*?)<\/div>/s.exec(html) ?? [];
    const lines = [...summary.matchAll(/<a href="#(\w+)">([^<]*)<\/a>/g)].map(([, id, said]) => [id, said]);
    const wrong = [...html.matchAll(/<p class="field-error" id="(\w+)-error">([^<]*)<\/p>/g)];
    expect(wrong.length).toBeGreaterThan(1);
    expect(lines).toEqual(wrong.map(([, id, said]) => [id, expect.stringMatching(`^[^:]+: ${said}$`)]));
    for (const [id] of lines) expect(html).toMatch(new RegExp(`<input id="${id}"`));
  });
});

describe('the settings', () => {
  it('say “Saved” of what was changed alone, whatever a browser fills in for a password', async () => {
    const at = (form: Readonly<Record<string, string>>) => send('/settings', form, { as: mali });
    const kept = await at({ displayName: mali.member.displayName, locale: mali.member.locale });
    expect(kept.headers.get('location')).toMatch('saved=unchanged');
    const named = await at({ displayName: 'Mali of the river', currentPassword: PASSWORD });
    expect([named.status, named.headers.get('location')]).toEqual([303, expect.stringContaining('saved=saved')]);
    await at({ displayName: mali.member.displayName });
  });

  it('have a form for the password alone, which says what it still needs', async () => {
    const as = await forum.member('changer');
    const at = (form: Readonly<Record<string, string>>) => send('/settings', { act: 'password', ...form }, { as });
    const marked = ({ status, body }: Awaited<ReturnType<typeof at>>) => [
      status,
      [...String(body).matchAll(/<p class="field-error" id="(\w+)-error">/g)].map(([, id]) => id),
    ];
    const forms = String((await at({ currentPassword: PASSWORD })).body).split('<form');
    expect(forms.filter((form) => form.includes('name="displayName"') || form.includes('name="password"'))).toEqual([
      expect.not.stringContaining('type="password"'),
      expect.stringMatching(/name="currentPassword"[\s\S]*name="password"/),
    ]);
    expect(marked(await at({ currentPassword: PASSWORD }))).toEqual([400, ['currentPassword', 'password']]);
    const wrong = await at({ password: 'a new and long password', currentPassword: 'wrong, but long enough' });
    expect(marked(wrong)).toEqual([400, ['currentPassword', 'password']]);
    expect(String(wrong.body)).toMatch(/<input[^>]*name="displayName"[^>]*value="Name of changer/);
    expect(marked(await at({ password: 'short', currentPassword: PASSWORD }))[0]).toBe(400);
    const right = await at({ password: `${PASSWORD} two`, currentPassword: PASSWORD });
    expect([right.status, right.headers.get('location')]).toEqual([303, expect.stringContaining('saved=saved')]);
    expect(right.headers.getSetCookie().join()).toContain('colloquy_session=');
  });
});

describe('what a page is made of', () => {
  it('has the headings of texts below its own, while the API answers them as they were written', async () => {
    const written = await forum.publish(mali, { title: 'Headings', body: '# First\n\n## Below it' });
    const comment = await forum.comment(mali, written.id, { body: '# Of a comment\n\n| a | b |\n|-|-|\n| 1 | 2 |' });
    const levelsOn = async (path: string) =>
      [...String((await forum.call('GET', path)).body).matchAll(/<h([1-6])[^>]*>(First|Below it|Of a comment)</g)].map(
        ([, level, words]) => `${words}: ${level}`,
      );

    expect(written.bodyHtml).toContain('<h1>First</h1>');
    expect(comment.bodyHtml).toContain('<h1>Of a comment</h1>');
    expect(await levelsOn(`/posts/${written.slug}`)).toEqual(['First: 2', 'Below it: 3', 'Of a comment: 3']);
    expect(await levelsOn('/members/mali')).toEqual(['Of a comment: 3']);
    const { body } = await forum.call('GET', `/posts/${written.slug}`);
    expect(String(body)).toContain('role="group" tabindex="0" aria-label="Table"><table');
  });

  it('leads from the words of older searches, by the name of an old blog too, to the search, as the archive does', async () => {
    for (const name of ['q', 's']) {
      const { status, headers } = await forum.call('GET', `/?${name}=rice+tea`);
      expect([status, headers.get('location')]).toEqual([301, '/search?q=rice+tea']);
    }
    const archive = (await forum.call('GET', '/archive')).body;
    expect(archive).toContain('<form class="find-posts" method="get" action="/search#found-words">');
    for (const path of ['/?attachment_id=131', '/?cat=3']) expect((await forum.call('GET', path)).status).toBe(404);
  });

  it('of a room without a name leads to its first', async () => {
    const led = await Promise.all(
      ['/moderation', '/audit'].map((path) =>
        forum
          .call('GET', path, { token: staff.token })
          .then(({ status, headers }) => [status, headers.get('location')]),
      ),
    );
    expect(led).toEqual([
      [302, '/moderation/queue'],
      [302, '/audit/events'],
    ]);
  });

  it('has no inline script, style or handler, and a policy that forbids them', async () => {
    await forum.comment(mali, post.id, { body: '</script><script>alert(1)</script> <img src=x onerror=alert(1)>' });

    const page = await forum.call('GET', `/posts/${post.slug}`);
    const html = String(page.body);
    const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes]) => attributes);

    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(
      scripts.every((attributes) => /type="application\/(?:ld\+)?json"|src="\/assets\//.test(attributes ?? '')),
    ).toBe(true);
    expect(html).not.toMatch(/ on\w+=(?!alert)|<style| style=/);
    expect(html).toContain('&lt;/script&gt;&lt;script&gt;');
    expect(html).not.toContain('</script><script>alert');
  });

  it('is asked for again each time, is not stored where it is a member’s, and depends on who asks and how', async () => {
    const vary = 'Accept-Encoding, Accept-Language, Cookie';
    const told = async (headers: Readonly<Record<string, string>>) => {
      const answer = await forum.call('GET', '/', { headers });
      return [answer.headers.get('cache-control'), answer.headers.get('vary')];
    };

    expect(await told({})).toEqual(['no-cache', vary]);
    expect(await told({ cookie: `colloquy_session=${mali.token}` })).toEqual(['no-store', vary]);
  });

  it('is loaded with assets that may be kept for ever', async () => {
    const html = String((await forum.call('GET', '/')).body);
    const [, css = ''] = /href="(\/assets\/site-[\w]+\.css)"/.exec(html) ?? [];

    const { status, headers } = await forum.call('GET', css, { headers: { 'accept-encoding': 'br' } });

    expect([status, headers.get('cache-control'), headers.get('content-encoding')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      'br',
    ]);
  });

  it('has one style sheet before its first paint when it is the page of a post, without what documents alone heed', async () => {
    const sheetsOf = async (path: string): Promise<readonly string[]> => {
      const html = String((await forum.call('GET', path)).body);
      return [...html.matchAll(/rel="stylesheet" href="([^"]*)"/g)].map(([, href]) => String(href));
    };
    const [sheet = '', ...more] = await sheetsOf(`/posts/${post.slug}`);
    expect(more).toEqual([]);
    expect(await sheetsOf('/')).toEqual([sheet, expect.stringMatching(/^\/assets\/pages-\w+\.css$/)]);

    const { headers } = await forum.call('GET', sheet);
    const policies = ['content-security-policy', 'x-frame-options', 'permissions-policy', 'cross-origin-opener-policy'];
    expect(policies.map((name) => headers.get(name))).toEqual([null, null, null, null]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('a form', () => {
  it('leads to its comment, on a page that waits for it', async () => {
    const { status, headers } = await send(
      `/posts/${post.slug}/comments`,
      { body: 'Hello', parentId: '', sort: 'newest' },
      { as: mali },
    );

    expect(status).toBe(303);
    expect(headers.get('location')).toMatch(/^\/posts\/a-post\?sort=newest&after=\d+#comment-[0-9a-f-]{36}$/);
    expect((await forum.call('GET', headers.get('location') ?? '')).status).toBe(200);
  });

  it('sent twice is recorded once', async () => {
    const fields = { id: '6f9b1e0a-5f5e-4b39-9b4e-2f6c3c1f0a11', body: 'Once', parentId: '' };

    const answers = [
      await send(`/posts/${post.slug}/comments`, fields, { as: mali }),
      await send(`/posts/${post.slug}/comments`, fields, { as: mali }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const { items } = await forum.thread(post.id);
    expect(items.filter(({ body }) => body === 'Once')).toHaveLength(1);
  });

  it('of another site is refused with a page', async () => {
    const { status, headers, body } = await send(
      `/posts/${post.slug}/comments`,
      { body: 'Forged', parentId: '' },
      { as: mali, headers: { origin: 'https://evil.example' } },
    );

    expect([status, headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(String(body)).toContain('This is not open to you');
  });

  it('without a session keeps the text that was written', async () => {
    const { status, body } = await send(`/posts/${post.slug}/comments`, { body: 'Written for <long>', parentId: '' });

    expect(status).toBe(401);
    expect(String(body)).toContain('Written for &lt;long');
  });

  it('never leads away from the forum', async () => {
    const away = await send('/locale', { locale: 'th', next: '//evil.example/' });
    const back = await send('/locale', { locale: 'th', next: '/archive' });

    expect([away.headers.get('location'), back.headers.get('location')]).toEqual(['/', '/archive']);
    expect(back.headers.get('set-cookie')).toContain(
      'colloquy_locale=th; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  it('for signing in tells the same of an unknown login as of a wrong password', async () => {
    const answers = await Promise.all(
      ['mali', 'nobody-here'].map((login) => send('/sign-in', { login, password: 'not the password' })),
    );

    expect(answers.map(({ status }) => status)).toEqual([401, 401]);
    expect(String(answers[0]?.body).replaceAll('mali', '')).toBe(
      String(answers[1]?.body).replaceAll('nobody-here', ''),
    );
  });
});

describe('refusals', () => {
  it('are pages for people and problems for programs', async () => {
    const page = await forum.call('GET', '/posts/none', { headers: { 'accept-language': 'lo' } });
    const problem = await forum.call('GET', '/api/v1/posts/none');

    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(String(page.body)).toContain('<html lang="lo"');
    expect([problem.status, problem.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('of what the views have not reached say when to ask again', async () => {
    const { status, headers } = await forum.call('GET', '/?after=999999999');

    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each([
    '/archive/2015/13',
    '/archive/abcd/01',
    '/comments/not-an-id',
    '/tags/%00',
    '/assets/..%2f..%2fpackage.json',
  ])('%s is no page, and no fault', async (path) => {
    const { status } = await forum.call('GET', path);
    expect([200, 404]).toContain(status);
    if (!path.startsWith('/tags')) expect(status).toBe(404);
  });
});

describe('the demo’s one-click sign-in', () => {
  it('is not there in a forum that is no demo', async () => {
    const answer = await send('/demo/sign-in', { role: 'moderator' });

    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([404, null]);
    expect(String((await forum.call('GET', '/sign-in')).body)).not.toContain('/demo/sign-in');
  });

  it('is not there for whoever comes through a proxy, nor for a part that nobody plays', async () => {
    const proxied = { to: demo, headers: { 'x-forwarded-for': '203.0.113.7' } };

    const refused = await send('/demo/sign-in', { role: 'moderator' }, proxied);
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([421, null]);
    expect((await send('/demo/sign-in', { role: 'admin' }, { to: demo })).status).toBe(404);
    const page = await demo.call('GET', '/', { headers: proxied.headers });
    expect([page.status, page.body]).toEqual([421, expect.objectContaining({ code: 'misdirected' })]);
  });

  it('is offered on every page of the demo', async () => {
    expect(String((await demo.call('GET', '/')).body)).toContain('action="/demo/sign-in"');
  });
});
