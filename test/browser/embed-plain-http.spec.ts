import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let blog: Server;
let origin: string;

beforeAll(async () => {
  blog = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(
      `<!doctype html><title>A blog</title><body><p>A page</p><script async src="${site.forum.url}/embed.js"></script>`,
    );
  });
  await new Promise<void>((resolve) => blog.listen(0, 'localhost', resolve));
  origin = `http://localhost:${portOf(blog)}`;
  site = await ForumInBrowser.open({ EMBED_ORIGINS: origin });
}, 60_000);
afterAll(async () => {
  await ForumInBrowser.close(site);
  blog?.close();
});

function portOf(server: Server): number {
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

it('a frame whose sign-in the browser does not keep says so, with the way to the discussion', async () => {
  await site.forum.admin();
  const linh = await site.forum.member('linh');
  await site.forum.done('PUT', '/api/v1/pages', { body: { url: `${origin}/a` } });
  const { page, context } = await site.reader({ as: linh, viewport: { width: 360, height: 760 } });

  await page.goto(`${origin}/a`);
  const frame = page.frameLocator('colloquy-discussion iframe');
  const [window] = await Promise.all([
    context.waitForEvent('page'),
    frame.getByRole('link', { name: 'Sign in to comment' }).click(),
  ]);
  await window.getByRole('button', { name: 'Continue as Name of linh' }).click();

  const told = frame.getByRole('alert');
  await told.getByText('this forum needs https').waitFor();
  expect(await told.getByRole('link').count()).toBeLessThanOrEqual(1);
}, 60_000);
