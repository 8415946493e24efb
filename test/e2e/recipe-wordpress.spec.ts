import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OwnMember, Post } from '../../libs/client/index.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { hasPhp, signInToWordPress, startWordPress, type WordPress, wordpressSource } from '../support/wordpress.ts';

const SECRET = 'a secret that the blog and the forum share';
const PLUGIN = 'docs/recipes/wordpress/colloquy-comments.php';
const isHere = hasPhp && wordpressSource.wordpress !== undefined && wordpressSource.sqlite !== undefined;
const why = isHere
  ? ''
  : ' [left out: PHP, WORDPRESS_DIR and WORDPRESS_SQLITE_DIR are needed; docs/EMBEDDING.md tells how it is run]';

(isHere ? describe : describe.skip)(`the plugin in WordPress itself${why}`, () => {
  let forum: RunningForum;
  let blog: WordPress;
  let post: string;

  beforeAll(async () => {
    blog = await startWordPress(PLUGIN);
    forum = await startForum({ env: { EMBED_ORIGINS: blog.url, SSO_SECRET: SECRET } });
    await forum.admin();
    post = blog.run(
      `wp_update_user( array( 'ID' => 2, 'display_name' => 'Wri"ter <b>' ) );
       $id = wp_insert_post( array( 'post_title' => 'Peace & "quiet" &lt;b<i>', 'post_content' => 'Text.', 'post_status' => 'publish', 'comment_status' => 'open' ) );
       echo get_permalink( $id );`,
    );
  }, 120_000);
  afterAll(async () => {
    blog?.close();
    await forum?.close();
  });

  const read = async (url: string, cookie = ''): Promise<string> => (await fetch(url, { headers: { cookie } })).text();
  const attribute = (html: string, name: string): string =>
    new RegExp(`<colloquy-discussion[^>]* ${name}="([^"]*)"`).exec(html)?.[1]?.replaceAll('&#038;', '&') ?? '';
  const save = async (login: string, fields: Record<string, string>): Promise<number> => {
    const cookie = await signInToWordPress(blog, login);
    const page = await read(`${blog.url}/wp-admin/options-general.php?page=colloquy_comments`, cookie);
    const nonce = /name="_wpnonce" value="(\w+)"/.exec(page)?.[1] ?? 'none';
    const body = new URLSearchParams({
      option_page: 'colloquy_comments',
      action: 'update',
      _wpnonce: nonce,
      ...fields,
    });
    const answer = await fetch(`${blog.url}/wp-admin/options.php`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body,
    });
    return answer.status;
  };
  const option = (name: string): string => blog.run(`echo get_option( '${name}', '' );`);

  it('leaves the theme’s own comments alone until an admin names the forum, which nobody else may', async () => {
    expect((await read(post)).includes('colloquy')).toBe(false);
    expect(await save('writer', { colloquy_forum: forum.url })).toBe(403);
    expect(await save('boss', { colloquy_forum: forum.url, _wpnonce: 'wrong' })).toBe(403);
    expect(option('colloquy_forum')).toBe('');
    expect(await save('boss', { colloquy_forum: 'javascript:alert(1)', colloquy_sso_secret: '' })).toBe(302);
    expect(option('colloquy_forum')).toBe('');
    expect(await save('boss', { colloquy_forum: `${forum.url}/`, colloquy_sso_secret: SECRET })).toBe(302);
    expect([option('colloquy_forum'), option('colloquy_sso_secret')]).toEqual([forum.url, SECRET]);
    expect(await save('boss', { colloquy_forum: forum.url, colloquy_sso_secret: '' })).toBe(302);
    expect(option('colloquy_sso_secret')).toBe(SECRET);
  });

  it.each(['classic', 'twentytwentyfive'])('shows the discussion of a post in the theme %s, escaped', async (theme) => {
    blog.run(`switch_theme( '${theme}' );`);
    const html = await read(post);
    expect(html.match(/<colloquy-discussion/g)).toHaveLength(1);
    expect(attribute(html, 'title')).toBe('Peace &amp; “quiet” &lt;b');
    expect((html.match(/<script[^>]*>/g) ?? []).join('\n')).toContain(`src="${forum.url}/embed.js"`);
    // Whoever was signed in before is so no more.
    expect(attribute(html, 'sso')).toBe('');
    expect(html).not.toContain('name="comment"');
    const found = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: attribute(html, 'url') } });
    expect(found).toMatchObject({ kind: 'page', url: post });
  });

  it('signs its people in to the forum by a token that counts once, and nobody else', async () => {
    const cookie = await signInToWordPress(blog, 'writer');
    const token = attribute(await read(post, cookie), 'sso');
    const enter = (sso: string) =>
      forum.call('POST', '/embed/sessions', {
        raw: new URLSearchParams({ sso, url: post }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const entered = await enter(token);
    expect(entered.status).toBe(204);
    const session = /colloquy_session=([^;]+)/.exec(entered.headers.get('set-cookie') ?? '')?.[1] ?? '';
    const me = await forum.done<OwnMember>('GET', '/api/v1/members/me', { token: session });
    expect(me).toMatchObject({ email: 'writer@blog.example', emailConfirmed: false, roles: ['member'] });
    expect((await enter(token)).status).toBe(401);
    const { exp, jti } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(exp * 1000).toBeLessThanOrEqual(Date.now() + 300_000);
    expect(jti).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes no comment past the forum, and forgets everything when it is removed', async () => {
    const id = blog.run(`echo url_to_postid( '${post}' );`);
    const body = new URLSearchParams({
      comment_post_ID: id,
      author: 'Spam',
      email: 'a@spam.example',
      comment: 'Past the forum',
    });
    expect((await fetch(`${blog.url}/wp-comments-post.php`, { method: 'POST', body })).status).toBe(403);
    blog.run(`require_once ABSPATH . 'wp-admin/includes/plugin.php'; uninstall_plugin( 'colloquy-comments.php' );`);
    expect([option('colloquy_forum'), option('colloquy_sso_secret')]).toEqual(['', '']);
  });
});
