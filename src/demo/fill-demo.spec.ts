import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { decoders } from '../commands/decoders.ts';
import { type CommandContext, createCommandContext } from '../composition/command-context.ts';
import { readConfig } from '../config.ts';
import { MEMBERS } from './content/members.ts';
import { POSTS } from './content/posts.ts';
import { fillDemo } from './fill-demo.ts';
import { demoMemberId } from './sign-in.ts';

async function typesOf({ store }: CommandContext): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of store.readAll()) types.push(type);
  return types;
}

describe('the demo', () => {
  let dir: string;
  let context: CommandContext;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'demo-'));
    context = await createCommandContext(readConfig({ DATA_DIR: dir }));
  });
  afterEach(async () => {
    await context.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('fills an empty forum once, in the order in which things happened', async () => {
    expect(await fillDemo(context)).toBe(true);
    const head = await context.store.head();
    const times: string[] = [];
    const languages = new Set<string | undefined>();
    for await (const event of context.store.readAll()) {
      times.push(event.occurredAt);
      if (event.type !== 'CommentPosted.v1') continue;
      const { data } = decoders.comment.read(event);
      if ('language' in data) languages.add(data.language);
    }
    expect([...languages].sort()).toEqual(['en', 'km', 'lo', 'my', 'th', 'vi', 'zh']);
    expect(times).toEqual([...times].sort());
    expect(times.at(-1)?.startsWith('2015-12')).toBe(true);

    expect(await fillDemo(context)).toBe(false);
    expect(await context.store.head()).toBe(head);
  });

  it('finishes what was interrupted, early and late', async () => {
    const stop = new Error('interrupted');
    for (const left of [400, 200, 60, 9]) {
      const interrupted = fillDemo(context, {
        onProgress: (done, all) => {
          if (done === all - left) throw stop;
        },
      });
      await expect(interrupted).rejects.toBe(stop);
    }
    expect(await fillDemo(context)).toBe(true);
    const events = await typesOf(context);
    expect(await fillDemo(context)).toBe(false);

    const atOnce = await createCommandContext(readConfig({ DATA_DIR: join(dir, 'at-once') }));
    await fillDemo(atOnce);
    expect(events).toEqual(await typesOf(atOnce));
    await atOnce.close();
  });

  it('shows what moderation is: reports that wait, comments that are held, and what was decided before', async () => {
    await fillDemo(context);
    const types = await typesOf(context);
    const count = (type: string): number => types.filter((one) => one === type).length;
    expect({
      policies: count('PolicySet.v1'),
      judged: count('CommentJudged.v1'),
      reports: count('CommentReported.v1'),
      decisions: count('CommentDecided.v1'),
      warnings: count('MemberSanctioned.v1'),
      lifted: count('SanctionLifted.v1'),
    }).toEqual({ policies: 2, judged: 5, reports: 8, decisions: 5, warnings: 1, lifted: 1 });
  });

  it('given a forum that somebody uses, records nothing', async () => {
    const wish = { handle: 'linh', displayName: 'L', email: 'l@x.example', password: 'a long password', locale: 'vi' };
    const now = new Date().toISOString();
    await context.registration.register(wish, {
      commandId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
      now,
      correlationId: 'x',
      causationId: null,
    });
    const head = await context.store.head();
    expect(await fillDemo(context)).toBe(false);
    expect(await context.store.head()).toBe(head);
  });

  it('has a member for each part that a visitor can play', async () => {
    await fillDemo(context);
    const roles = async (part: string) => (await context.members.byId(demoMemberId(part) ?? ''))?.roles;
    expect(await Promise.all(['participant', 'editor', 'moderator', 'auditor'].map(roles))).toEqual([
      ['member'],
      ['member', 'editor'],
      ['member', 'moderator'],
      ['member', 'auditor'],
    ]);
  });

  it('nobody plays what is no part', () => {
    expect(['admin', 'constructor', ''].map(demoMemberId)).toEqual([undefined, undefined, undefined]);
  });
});

describe("the demo's content", () => {
  it('is about a dozen posts of 2015, three of them from October, in several languages', () => {
    expect(POSTS.length).toBeGreaterThanOrEqual(12);
    expect(POSTS.every(({ at }) => at.startsWith('2015-'))).toBe(true);
    expect(POSTS.filter(({ at }) => at.startsWith('2015-10')).length).toBe(3);
    expect(new Set(POSTS.map(({ locale }) => locale)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(MEMBERS.map(({ locale }) => locale))).toEqual(new Set(['en', 'vi', 'th', 'km', 'lo', 'my', 'zh']));
  });

  it('has links only to posts that it holds', () => {
    const text = JSON.stringify(POSTS);
    const linked = [...text.matchAll(/\]\(\/posts\/([^)]+)\)/g)].map((match) => match[1]);
    expect(linked.length).toBeGreaterThan(0);
    expect(linked.filter((slug) => !POSTS.some((post) => post.slug === slug))).toEqual([]);
  });
});
