import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const OWN = 'https://forum.example';
const SESSION = '__Host-colloquy_session';

let forum: RunningForum;
let mali: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ env: { PUBLIC_URL: OWN } });
  mali = await forum.member('mali', ['editor']);
  post = await forum.publish(mali, { title: 'Read again' });
}, 60_000);
afterAll(() => forum.close());

const asMali = () => ({ cookie: `${SESSION}=${mali.token}` });
const cookiesOf = ({ headers }: { readonly headers: Headers }): readonly string[] => headers.getSetCookie();
/** What the forum's own page sends. */
const send = (path: string, form: Readonly<Record<string, string>>, cookie = '') =>
  forum.call('POST', path, {
    headers: { origin: OWN, 'content-type': 'application/x-www-form-urlencoded', ...(cookie && { cookie }) },
    raw: new URLSearchParams(form).toString(),
  });
const signOut = (form: Readonly<Record<string, string>>, token: string) =>
  send('/sign-out', form, `${SESSION}=${token}`);

describe('under https', () => {
  it('every cookie is bound to this host and its https, and no script reads one', async () => {
    const form = { login: 'mali', password: PASSWORD };
    const answers = [
      await send('/sign-in', form),
      await send('/locale', { locale: 'th' }),
      await forum.call('GET', `/posts/${post.slug}`, { headers: asMali() }),
    ];
    const cookies = answers.flatMap(cookiesOf);
    const names = cookies.map((cookie) => cookie.split('=', 1)[0] ?? '');
    expect([...new Set(names)].sort()).toEqual([
      '__Host-colloquy_devices',
      '__Host-colloquy_locale',
      SESSION,
      '__Secure-colloquy_visits',
    ]);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    const ofHost = cookies.filter((cookie) => cookie.startsWith('__Host-'));
    for (const cookie of ofHost) expect(cookie).toMatch(/; Path=\/; (?!.*Domain)/);
  });

  it('a language that was chosen under either name is kept, and a device is known by its own name alone', async () => {
    const titleIn = async (cookie: string) =>
      /<html[^>]* lang="(\w+)"/.exec(String((await forum.call('GET', '/sign-in', { headers: { cookie } })).body))?.[1];
    expect(await titleIn('__Host-colloquy_locale=th; colloquy_locale=vi')).toBe('th');
    expect(await titleIn('colloquy_locale=vi')).toBe('vi');
  });

  it('the visits are forgotten with the session', async () => {
    const { token } = await forum.signIn('mali');
    const gone = cookiesOf(await signOut({}, token)).find((cookie) => cookie.startsWith('__Secure-colloquy_visits='));
    expect(gone).toMatch(/^__Secure-colloquy_visits=; .*Path=\/posts; Expires=Thu, 01 Jan 1970 .*; Secure/);
  });
});
