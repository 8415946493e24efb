import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { answerSchemas } from '../../src/api/http/openapi/answers.ts';
import { documentedRoutes } from '../../src/api/http/openapi/route-docs.ts';
import type { CallOptions, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { at, toldAnswers } from '../support/told-answers.ts';

describe('the OpenAPI document', () => {
  let forum: RunningForum;
  let admin: TestMember;
  let document: unknown;

  beforeAll(async () => {
    forum = await startForum();
    admin = await forum.admin();
    document = (await forum.call('GET', '/api/v1/openapi.json')).body;
  });
  afterAll(() => forum.close());

  const takesBody = documentedRoutes().filter(({ doc }) => doc.body !== undefined);

  it('is a page for people too, which names each permission once', async () => {
    const { body } = await forum.call('GET', '/api/v1/docs');
    expect(String(body)).toMatch(/For: admin\./);
    expect(String(body)).not.toContain('admin, admin');
  });

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

  it('tells of every route, and is itself well formed', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: forum.url }] });
    const told = Object.entries(at(document, 'paths') ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = documentedRoutes().map(({ method, pattern }) => `${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).toEqual(routes.sort());
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer = '']) => pointer);
    for (const pointer of new Set(references)) {
      const keys = pointer.split('/').slice(1);
      expect(() => toldAnswers().schemaAt(...keys)).not.toThrow();
    }
    const ids = [...JSON.stringify(document).matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(routes.length);
  });

  it('tells the least of each number that it answers', () => {
    const numbers = (node: unknown, place = ''): readonly string[] => {
      if (typeof node !== 'object' || node === null) return [];
      const isBare = at(node, 'type') === 'number' && at(node, 'minimum') === undefined;
      return [...(isBare ? [place] : []), ...Object.entries(node).flatMap(([key, n]) => numbers(n, `${place}/${key}`))];
    };
    const { SentRule: _, ...shapes } = answerSchemas().shapes;
    expect(numbers({ ...shapes, ...answerSchemas().routes })).toEqual([]);
  });

  it('is what the forum answers when it refuses', async () => {
    const { token } = admin;
    const post = await forum.publish(admin);
    const comment = await forum.comment(admin, post.id);
    const refused: readonly (readonly [number, string, string, CallOptions])[] = [
      [400, 'POST', '/api/v1/members', { body: {} }],
      [401, 'GET', '/api/v1/members/me', {}],
      [404, 'GET', '/api/v1/members/nobody', { token }],
      [401, 'POST', '/api/v1/sessions', { body: { login: 'another', password: 'wrong' } }],
      [400, 'GET', '/api/v1/posts?limit=0', {}],
      [401, 'POST', `/api/v1/posts/${post.id}/comments`, { body: { body: 'C' } }],
      [409, 'PATCH', `/api/v1/comments/${comment.id}`, { token, body: { body: 'Late', revision: 7 } }],
    ];
    for (const [status, method, path, options] of refused) {
      const answer = await forum.call(method, path, options);
      expect({ path, status: answer.status }).toEqual({ path, status });
      const route = toldAnswers().routeOf(method, path);
      expect(route && toldAnswers().complaints(route, answer)).toEqual([]);
    }
  });

  it('takes what the checks take, and no more', () => {
    const register = toldAnswers().schemaAt('components', 'schemas', 'RegisterBody');
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
    const comment = toldAnswers().schemaAt('components', 'schemas', 'PostCommentBody');
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
