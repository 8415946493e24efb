import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { h } from 'preact';
import type { Projected, Views } from '../../../libs/projections/index.ts';
import { FIRST_SITE } from '../../domain/site/site.events.ts';
import { LIST_OF_POSTS, memberShown, postShown } from '../../views/shown.ts';
import { KeptPages, type MadePage } from './kept-pages.ts';
import { wholeMinute } from './whole-minute.ts';

const POST = 'a0000000-0000-8000-8000-000000000001';
const MEMBER = 'b0000000-0000-8000-8000-000000000001';
const SHOWS = [postShown(POST), memberShown(MEMBER), LIST_OF_POSTS];
const commented: Projected = { view: 'thread', changes: [{ postId: POST, position: 1n }] };

const SITE_NOW = { ...FIRST_SITE, pages: [] };

let tell: Parameters<Views['onProjected']>[0];
let kept: KeptPages;
let server: FastifyInstance;
let make: () => Promise<MadePage>;
let made = 0;

beforeEach(() => {
  made = 0;
  const onProjected = (listener: typeof tell) => {
    tell = listener;
    return () => undefined;
  };
  kept = new KeptPages({ onProjected }, { now: () => SITE_NOW, onChanged: () => () => undefined });
  make = async () => {
    made += 1;
    return { page: h('p', null, String(made)), shows: SHOWS };
  };
  server = fastify();
  server.get('/:name', (request, reply) => {
    const now = wholeMinute(Date.now());
    return kept.send({ name: request.url, now }, () => make(), { request, reply });
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.close();
});

const read = async (name = 'page'): Promise<string> => (await server.inject(`/${name}`)).body;
const FIRST = '<!doctype html><p>1</p>';
const SECOND = '<!doctype html><p>2</p>';

describe('a kept page', () => {
  it.each<[string, Projected]>([
    ['its discussion', commented],
    ['its post', { view: 'post-list', changes: [{ changedPostId: POST }] }],
    ['any post of its list', { view: 'post-list', changes: [{ changedPostId: MEMBER }] }],
    ['somebody on it', { view: 'members', changes: [{ memberId: MEMBER, endedSessionId: null }] }],
    ['a whole view', { view: 'thread', renewed: true, changes: [] }],
  ])('is made anew after a change of %s', async (_name, change) => {
    expect([await read(), await read()]).toEqual([FIRST, FIRST]);
    tell([change], 1n);
    expect(await read()).toBe(SECOND);
  });

  it.each<[string, Projected]>([
    ['another discussion', { view: 'thread', changes: [{ postId: MEMBER, position: 1n }] }],
    ['a session that ended', { view: 'members', changes: [{ memberId: MEMBER, endedSessionId: 'one' }] }],
    ['somebody who is not on it', { view: 'members', changes: [{ memberId: POST, endedSessionId: null }] }],
  ])('stays as it is after %s', async (_name, change) => {
    await read();
    tell([change], 1n);
    expect(await read()).toBe(FIRST);
  });

  it('is not kept when what it shows changed while it was made, and is not given to who came after the change', async () => {
    const [first, second] = [Promise.withResolvers<MadePage>(), Promise.withResolvers<MadePage>()];
    const makes = [first, second];
    make = () => makes[made++]?.promise ?? Promise.reject(new Error('made once too often'));
    const before = read();
    while (made < 1) await new Promise((resolve) => setImmediate(resolve));
    tell([commented], 1n);
    const after = read();
    while (made < 2) await new Promise((resolve) => setImmediate(resolve));
    second.resolve({ page: h('p', null, '2'), shows: SHOWS });
    expect(await after).toBe(SECOND);
    first.resolve({ page: h('p', null, '1'), shows: SHOWS });
    expect([await before, await read(), made]).toEqual([FIRST, SECOND, 2]);
  });

  it('is made anew in another minute, also in one before', async () => {
    const now = jest.spyOn(Date, 'now');
    const minute = 60_000;
    const pages: string[] = [];
    for (const at of [10 * minute, 11 * minute - 1, 11 * minute, 9 * minute]) {
      now.mockReturnValue(at);
      pages.push(await read());
    }
    expect(pages).toEqual([FIRST, FIRST, SECOND, '<!doctype html><p>3</p>']);
  });

  it('stands for readers without an account who ask for it in the same language, as long as nothing changes', async () => {
    const now = wholeMinute(Date.now());
    jest.spyOn(Date, 'now').mockReturnValue(now + 59_999);
    const wish = { method: 'GET', url: '/page', headers: { 'accept-language': 'th' }, cookies: {} };
    const named = (name: string) => ({ name, now });
    server.get('/named/page', (request, reply) =>
      kept.send(named('th /page'), async () => ({ ...(await make()), until: now + 60_000 }), { request, reply }),
    );
    expect(kept.standing(wish)).toBeUndefined();
    const { headers } = await server.inject('/named/page');
    expect(kept.standing(wish)).toEqual({
      status: 200,
      route: '/named/page',
      headers: {
        'cache-control': 'no-cache',
        vary: 'Accept-Encoding, Accept-Language, Cookie',
        etag: headers.etag,
        'content-type': 'text/html; charset=utf-8',
      },
      bytes: Buffer.from(FIRST),
    });
    const byCookie = { headers: { cookie: 'colloquy_locale=th' }, cookies: { colloquy_locale: 'th' } };
    expect(kept.standing({ ...wish, ...byCookie })?.status).toBe(200);
    const has = { 'accept-language': 'th', 'if-none-match': String(headers.etag) };
    expect(kept.standing({ ...wish, headers: has })).toMatchObject({ status: 304, bytes: null });
    expect(kept.state.answered).toBe(4);
    const th = { 'accept-language': 'th' };
    const others = [
      { headers: { 'accept-language': 'en' } },
      { headers: { ...th, cookie: 'a=1; colloquy_session=x' } },
      { headers: { ...th, authorization: 'Bearer x' } },
      { headers: { ...th, 'colloquy-after': '1' } },
      { method: 'POST' },
      { url: '/page?' },
    ];
    expect(others.map((other) => kept.standing({ ...wish, ...other }))).toEqual(others.map(() => undefined));
    jest.spyOn(Date, 'now').mockReturnValue(now + 60_000);
    expect(kept.standing(wish)).toBeUndefined();
    jest.spyOn(Date, 'now').mockReturnValue(now);
    tell([commented], 1n);
    expect(kept.standing(wish)).toBeUndefined();
  });

  it('that is another one before its minute is over stands no longer than it is shown', async () => {
    const now = wholeMinute(Date.now());
    jest.spyOn(Date, 'now').mockReturnValue(now + 999);
    server.get('/due', (request, reply) =>
      kept.send({ name: 'en /due', now }, async () => ({ ...(await make()), until: now + 1_000 }), { request, reply }),
    );
    await server.inject('/due');
    const wish = { method: 'GET', url: '/due', headers: {}, cookies: {} };
    expect(kept.standing(wish)?.status).toBe(200);
    jest.spyOn(Date, 'now').mockReturnValue(now + 1_000);
    expect(kept.standing(wish)).toBeUndefined();
  });

  it('that could not be made is tried again', async () => {
    const good = make;
    make = () => Promise.reject(new Error('no'));
    expect((await server.inject('/page')).statusCode).toBe(500);
    make = good;
    expect(await read()).toBe(FIRST);
  });

  it('gives way to others when there are too many', async () => {
    const text = 'x'.repeat(1024 * 1024);
    make = async () => ({ page: h('p', null, text), shows: SHOWS });
    for (let n = 0; n < 40; n += 1) await read(`page-${n}`);
    expect(kept.state).toMatchObject({ answered: 40, made: 40 });
    expect(kept.state.bytes).toBeLessThanOrEqual(24 * 1024 * 1024);
    expect(kept.state.bytes).toBeGreaterThan(20 * 1024 * 1024);
  });
});
