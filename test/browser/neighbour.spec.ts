import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let neighbour: Server;
let mali: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['moderator', 'editor']);
  neighbour = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Neighbour</title><a id="link" href="${site.forum.url}/">The forum</a>`);
  }).listen(0, '127.0.0.1');
  await once(neighbour, 'listening');
}, 60_000);
afterAll(async () => {
  neighbour?.close();
  await ForumInBrowser.close(site);
});

function addressOfNeighbour(): string {
  const address = neighbour.address();
  if (address === null || typeof address === 'string') throw new Error('the neighbour does not listen');
  return `http://127.0.0.1:${address.port}/`;
}

/** To the browser another port is another origin of the same site: the cookie goes along with all that its page asks. */
it('a page on another port neither reads nor acts as the member, and its links lead in as ever', async () => {
  const { page } = await site.reader({ as: mali });
  const statuses = new Map<string, number>();
  // The browser does not tell what it has kept from the page.
  site.forum.forum.app.getHttpServer().on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.once('finish', () => statuses.set(request.url ?? '', response.statusCode));
  });
  await page.goto(addressOfNeighbour());

  const got = await page.evaluate(async (forum) => {
    const polling = `${forum}/socket.io/?EIO=4&transport=polling`;
    const found: string[] = [];
    Object.assign(window, { ___eio: [(text: string) => found.push(text)] });
    const loaded = (element: HTMLElement) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        document.body.append(element);
      });
    const scripts: string[] = [];
    for (const end of ['&j=0', '', '&j=0&sid=x'])
      scripts.push(await loaded(Object.assign(document.createElement('script'), { src: polling + end })));
    const socket = await new Promise<string>((resolve) => {
      const opened = new WebSocket(`${forum.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
      opened.onmessage = ({ data }) => (data.startsWith('0') ? opened.send('40/live,') : resolve(data));
      opened.onerror = () => resolve('no connection');
    });
    await fetch(`${forum}/api/v1/members/me?read`, { credentials: 'include', mode: 'no-cors' });
    return { scripts, found, socket };
  }, site.forum.url);

  expect(got).toEqual({
    scripts: ['refused', 'refused', 'refused'],
    found: [],
    // As to every reader without an account, so that it tells nothing.
    socket: expect.stringMatching(/^40\/live,/),
  });
  const asked = ['&j=0', '', '&j=0&sid=x'].map((end) => `/socket.io/?EIO=4&transport=polling${end}`);
  const told = [...asked, '/api/v1/members/me?read'].map((path) => statuses.get(path));
  expect(told).toEqual([400, 403, 400, 403]);
  await page.click('#link');
  await page.locator('header a[href="/write"]').waitFor({ state: 'attached' });
}, 60_000);
