import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { documentedRoutes } from '../../src/api/http/openapi/route-docs.ts';
import type { Answer, CallOptions, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(30_000);

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const at = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => (isNode(found) ? found[key] : undefined), node);

describe('the OpenAPI document', () => {
  let forum: RunningForum;
  let admin: TestMember;
  let document: unknown;
  let ajv: Ajv2020;

  beforeAll(async () => {
    forum = await startForum();
    admin = await forum.admin();
    document = (await forum.call('GET', '/api/v1/openapi.json')).body;
    ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    if (isNode(document)) ajv.addSchema(document, 'api');
  });
  afterAll(() => forum.close());

  const schemaAt = (pointer: string): ValidateFunction => {
    const validate = ajv.getSchema(`api#${pointer}`);
    if (validate === undefined) throw new Error(`the document has nothing at ${pointer}`);
    return validate;
  };
  const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

  const takesBody = documentedRoutes().filter(({ doc }) => doc.body !== undefined);

  it.each(takesBody)('$method $pattern needs a body exactly when it says so', async ({ method, pattern }) => {
    const told = at(document, 'paths', pattern.replace(/:(\w+)/g, '{$1}'), method.toLowerCase(), 'requestBody');
    const path = pattern.replace(/:(\w*id)\b/gi, newId()).replace(/:(\w+)/g, 'nothing');
    const needed = { detail: 'The request must carry a JSON object.' };
    for (const sent of [{}, { raw: '' }]) {
      const { status, body } = await forum.call(method, path, { token: admin.token, ...sent });
      const isRefused = status === 400 && at(body, 'detail') === needed.detail;
      expect({ sent, isRefused, status }).toEqual({ sent, isRefused: at(told, 'required'), status });
      expect(at(body, 'code')).not.toBe('malformed');
    }
  });

  /** The answer must be one that the document tells of for this route and status. */
  const holds = (route: string, answer: Answer): void => {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(\w+)/g, '{$1}');
    const response = at(document, 'paths', path, method.toLowerCase(), 'responses', String(answer.status));
    expect({ route, status: answer.status, told: response !== undefined }).toEqual({
      route,
      status: answer.status,
      told: true,
    });
    const content = at(response, 'content');
    if (!isNode(content)) return expect(answer.body).toBeUndefined();
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    expect(Object.keys(content)).toContain(type);
    if (at(content, type, 'schema') === undefined) return;
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(answer.status),
      'content',
      type,
      'schema',
    ];
    const validate = schemaAt(`/${pointer.map(escaped).join('/')}`);
    validate(answer.body);
    expect({ route, body: answer.body, errors: validate.errors ?? [] }).toEqual({
      route,
      body: answer.body,
      errors: [],
    });
  };

  it('tells of every route, and is itself well formed', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: forum.url }] });
    const told = Object.entries(at(document, 'paths') ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = documentedRoutes().map(({ method, pattern }) => `${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).toEqual(routes.sort());
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = '']) => pointer);
    for (const pointer of new Set(references)) expect(() => schemaAt(pointer)).not.toThrow();
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(routes.length);
  });

  it('is what the forum answers, right and wrong', async () => {
    const { token } = admin;
    const done = async (route: string, path: string, options: CallOptions = { token }): Promise<Answer> => {
      const [method = ''] = route.split(' ');
      const answer = await forum.call(method, path, options);
      holds(route, answer);
      return answer;
    };
    const post = await forum.publish(admin, { tags: ['a'], excerpt: 'Short' });
    const comment = await forum.comment(admin, post.id);
    await forum.comment(admin, post.id, { parentId: comment.id });

    await done('POST /api/v1/members', '/api/v1/members', {
      body: { handle: 'another', displayName: 'A', email: 'a@example.org', password: 'a long password' },
    });
    await done('POST /api/v1/members', '/api/v1/members', { body: {} });
    await done('GET /api/v1/members/me', '/api/v1/members/me');
    await done('GET /api/v1/members/me', '/api/v1/members/me', {});
    await done('PATCH /api/v1/members/me', '/api/v1/members/me', { token, body: { displayName: 'Boss' } });
    await done('GET /api/v1/members/:handle', '/api/v1/members/another');
    await done('GET /api/v1/members/:handle', '/api/v1/members/nobody');
    await done('PUT /api/v1/members/:id/roles', `/api/v1/members/${admin.member.id}/roles`, {
      token,
      body: { roles: ['admin', 'editor'] },
    });
    await done('POST /api/v1/sessions', '/api/v1/sessions', {
      body: { login: 'another', password: 'a long password' },
    });
    await done('POST /api/v1/sessions', '/api/v1/sessions', { body: { login: 'another', password: 'wrong' } });
    await done('DELETE /api/v1/sessions/current', '/api/v1/sessions/current', {
      token: (await forum.signIn('the-admin')).token,
    });
    await done('POST /api/v1/posts', '/api/v1/posts', { token, body: { title: 'T', body: 'B' } });
    await done('PATCH /api/v1/posts/:id', `/api/v1/posts/${post.id}`, { token, body: { title: 'Other' } });
    await done('GET /api/v1/posts', '/api/v1/posts?limit=1');
    await done('GET /api/v1/posts', '/api/v1/posts?limit=0');
    await done('GET /api/v1/posts/archive', '/api/v1/posts/archive');
    await done('GET /api/v1/posts/:idOrSlug', `/api/v1/posts/${post.id}`);
    await done('PUT /api/v1/posts/:id/discussion', `/api/v1/posts/${post.id}/discussion`, {
      token,
      body: { state: 'open' },
    });
    await done('POST /api/v1/posts/:id/comments', `/api/v1/posts/${post.id}/comments`, { token, body: { body: 'C' } });
    await done('POST /api/v1/posts/:id/comments', `/api/v1/posts/${post.id}/comments`, { body: { body: 'C' } });
    await done('GET /api/v1/posts/:id/comments', `/api/v1/posts/${post.id}/comments?limit=1`);
    await done('GET /api/v1/comments/:id', `/api/v1/comments/${comment.id}`);
    await done('PATCH /api/v1/comments/:id', `/api/v1/comments/${comment.id}`, {
      token,
      body: { body: 'Edited', revision: 0 },
    });
    await done('PATCH /api/v1/comments/:id', `/api/v1/comments/${comment.id}`, {
      token,
      body: { body: 'Late', revision: 0 },
    });
    await done('PUT /api/v1/comments/:id/reactions/:kind', `/api/v1/comments/${comment.id}/reactions/like`);
    await done('DELETE /api/v1/comments/:id/reactions/:kind', `/api/v1/comments/${comment.id}/reactions/like`);
    await done('DELETE /api/v1/comments/:id', `/api/v1/comments/${comment.id}`);
    await done('GET /api/v1/comments/:id/history', `/api/v1/comments/${comment.id}/history`);
    await done('POST /api/v1/posts/:id/withdraw', `/api/v1/posts/${post.id}/withdraw`);
    await done('GET /api/v1/posts/:id/comments', `/api/v1/posts/${post.id}/comments`, {});
    await done('GET /api/v1/openapi.json', '/api/v1/openapi.json');
    await done('GET /api/v1/docs', '/api/v1/docs');
    await done('GET /health/live', '/health/live');
    await done('GET /health/ready', '/health/ready');
    await done('GET /metrics', '/metrics');
  });

  it('takes what the checks take, and no more', () => {
    const register = schemaAt('/components/schemas/RegisterBody');
    const good = { handle: 'somchai', displayName: 'S', email: 's@example.org', password: 'a long password' };
    expect(register(good)).toBe(true);
    for (const wrong of [
      { ...good, handle: 'ab' },
      { ...good, surprise: 1 },
      { handle: 'somchai' },
      { ...good, locale: null },
    ]) {
      expect(register(wrong)).toBe(false);
    }
    const comment = schemaAt('/components/schemas/PostCommentBody');
    expect([comment({ body: 'x', parentId: null }), comment({ body: 'x', id: null }), comment({ body: '' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is readable without script or anything from elsewhere', async () => {
    const { body, headers } = await forum.call('GET', '/api/v1/docs');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(body).toEqual(expect.stringContaining('POST /api/v1/posts/:id/comments'));
    expect(body).not.toEqual(expect.stringMatching(/<script|<style| style=|https?:\/\//));
  });
});
