import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ColloquyProblem } from './problem.ts';
import { ColloquyClient } from './rest-client.ts';

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let server: Server;
let url: string;
let heard: Heard[];
let said: Said[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body });
      const { status = 200, headers = {}, body: answer = '{}' } = said.shift() ?? {};
      response.writeHead(status, headers).end(status === 204 ? undefined : answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
});
beforeEach(() => {
  heard = [];
  said = [];
});
afterAll(() => {
  server.close();
});

const client = () => new ColloquyClient({ baseUrl: `${url}/`, token: 'a-token' });
const requests = () => heard.map(({ method, url: path, body }) => `${method} ${path} ${body}`.trim());

describe('the REST client', () => {
  it('calls every route of the API by its name', async () => {
    const forum = client();
    const [id, handle] = ['1/2', 'ส้ม?'];
    await forum.register({ handle: 'h', displayName: 'd', email: 'e', password: 'p' });
    await forum.me();
    await forum.changeMe({ displayName: 'n' });
    await forum.member(handle);
    await forum.setRoles(id, ['editor']);
    await forum.posts({ month: '2015-10', tag: 'a&b', q: 'x y', limit: 5, cursor: null });
    await forum.archive();
    await forum.post('slug');
    await forum.publish({ title: 't', body: 'b' });
    await forum.counts(['a', 'b']);
    await forum.recentComments({ limit: 2 });
    await forum.search({ q: 'a b', in: ['posts'], typing: true });
    await forum.page({ url: 'https://blog.example/' });
    await forum.editPost(id, { title: 't2' });
    await forum.withdrawPost(id);
    await forum.bringBackPost(id);
    await forum.issue(id);
    await forum.actOnIssue(id, { do: 'send' });
    await forum.setDiscussion(id, { state: 'closed' });
    await forum.comments(id, { sort: 'best', cursor: 'c=', limit: 1 });
    await forum.postComment(id, { id: 'c', body: 'b' });
    await forum.comment(id);
    await forum.editComment(id, { body: 'b2', revision: 0 });
    await forum.removeComment(id);
    await forum.history(id);
    await forum.react(id, 'like');
    await forum.unreact(id, 'like');

    expect(requests()).toEqual([
      'POST /api/v1/members {"handle":"h","displayName":"d","email":"e","password":"p"}',
      'GET /api/v1/members/me',
      'PATCH /api/v1/members/me {"displayName":"n"}',
      `GET /api/v1/members/${encodeURIComponent(handle)}`,
      'PUT /api/v1/members/1%2F2/roles {"roles":["editor"]}',
      'GET /api/v1/posts?month=2015-10&tag=a%26b&q=x+y&limit=5',
      'GET /api/v1/posts/archive',
      'GET /api/v1/posts/slug',
      'POST /api/v1/posts {"title":"t","body":"b"}',
      'GET /api/v1/counts?url=a&url=b',
      'GET /api/v1/posts/recent-comments?limit=2',
      'GET /api/v1/search?q=a+b&typing=true&in=posts',
      'PUT /api/v1/pages {"url":"https://blog.example/"}',
      'PATCH /api/v1/posts/1%2F2 {"title":"t2"}',
      'POST /api/v1/posts/1%2F2/withdraw {}',
      'POST /api/v1/posts/1%2F2/bring-back {}',
      'GET /api/v1/posts/1%2F2/issue',
      'POST /api/v1/posts/1%2F2/issue {"do":"send"}',
      'PUT /api/v1/posts/1%2F2/discussion {"state":"closed"}',
      'GET /api/v1/posts/1%2F2/comments?sort=best&cursor=c%3D&limit=1',
      'POST /api/v1/posts/1%2F2/comments {"id":"c","body":"b"}',
      'GET /api/v1/comments/1%2F2',
      'PATCH /api/v1/comments/1%2F2 {"body":"b2","revision":0}',
      'DELETE /api/v1/comments/1%2F2',
      'GET /api/v1/comments/1%2F2/history',
      'PUT /api/v1/comments/1%2F2/reactions/like',
      'DELETE /api/v1/comments/1%2F2/reactions/like',
    ]);
    for (const { headers } of heard) expect(headers.authorization).toBe('Bearer a-token');
  });

  it('reads what it wrote: the newest position that it heard of goes along with each read', async () => {
    const forum = client();
    said = [
      { headers: { 'colloquy-position': '12' } },
      { headers: { 'colloquy-position': '9' } },
      { headers: { 'colloquy-position': 'x' } },
    ];
    await forum.postComment('p', { body: 'b' });
    await forum.comments('p');
    await forum.archive();
    forum.http.saw('90071992547409931');
    forum.http.saw(null);
    await forum.archive();

    expect(heard.map(({ headers }) => headers['colloquy-after'])).toEqual([undefined, '12', '12', '90071992547409931']);
    expect(forum.http.position).toBe('90071992547409931');
  });

  it('keeps the session that it signed in with, until it signs out', async () => {
    const forum = new ColloquyClient({ baseUrl: url });
    said = [{ status: 201, body: '{"token":"t","expiresAt":"e","member":{}}' }, {}, { status: 204 }, {}];
    await forum.signIn({ login: 'l', password: 'p' });
    await forum.me();
    await forum.signOut();
    await forum.archive();

    expect(heard.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer t', 'Bearer t', undefined]);
    expect(heard[2]).toMatchObject({ method: 'DELETE', url: '/api/v1/sessions/current' });
  });

  it('throws the forum’s problems as they are', async () => {
    const errors = [{ field: 'body', message: 'is missing' }];
    const problem = {
      type: 'urn:x',
      title: 'Invalid',
      status: 400,
      detail: 'body is missing.',
      code: 'invalid',
      errors,
    };
    said = [
      { status: 400, body: JSON.stringify(problem) },
      { status: 429, headers: { 'retry-after': '7' }, body: JSON.stringify({ code: 'slow_mode', detail: 'd' }) },
    ];
    const refused = await client()
      .postComment('p', { body: '' })
      .catch((error: unknown) => error);
    const slow = await client()
      .postComment('p', { body: '' })
      .catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(ColloquyProblem);
    expect(refused).toMatchObject({
      ...problem,
      passing: false,
      retryAfterSeconds: undefined,
      message: 'invalid: body is missing.',
    });
    expect(slow).toMatchObject({ code: 'slow_mode', status: 429, errors: [], passing: true, retryAfterSeconds: 7 });
  });

  it('says so when something else answers, or nothing', async () => {
    said = [{ status: 502, body: '<h1>Bad gateway</h1>' }, { body: '<h1>Hello</h1>' }, { status: 500, body: 'null' }];
    await expect(client().archive()).rejects.toMatchObject({ code: 'unexpected_answer', status: 502, passing: true });
    await expect(client().archive()).rejects.toMatchObject({ code: 'unexpected_answer', status: 200 });
    await expect(client().archive()).rejects.toMatchObject({ code: 'unexpected_answer', status: 500 });
    const nobody = new ColloquyClient({ baseUrl: 'http://127.0.0.1:1' });
    await expect(nobody.archive()).rejects.toMatchObject({ code: 'unreachable', status: 0, passing: true });
  });

  it('ends when its caller gives up', async () => {
    const giving = new AbortController();
    const reading = client().archive({ signal: giving.signal });
    giving.abort(new Error('no more'));
    await expect(reading).rejects.toThrow('no more');
  });
});
