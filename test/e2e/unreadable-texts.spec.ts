import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import Database from 'better-sqlite3';
import { eventsByHand } from '../support/log-by-hand.ts';
import 'reflect-metadata';
import type {
  Comment,
  FrozenDecision,
  MayBeUnreadable,
  Member,
  ModerationCase,
  PolicyVersion,
  Post,
  Revision,
  Sanction,
  ThreadChange,
} from '../../libs/client/index.ts';
import { runCli } from '../../src/cli/program.ts';
import { FIRST_POLICY } from '../../src/domain/policy/policy.events.ts';
import { BREAKS, breakSeals } from '../support/broken-seals.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { changesOf } from '../support/live-forum.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(180_000);

const BLOG = fileURLToPath(new URL('../import/fixtures/small-blog.xml', import.meta.url));
const SUSPECT = 'suspicious';
const TELLS = '>This cannot be read; the forum’s keeper has been told.<';
const NAMES = ['whole', ...BREAKS] as const;
type Name = (typeof NAMES)[number];

/** One writer with all that people write of them and with them; of all but one every seal is broken. */
interface Person {
  readonly member: TestMember;
  readonly visible: Comment;
  readonly reported: Comment;
  readonly held: Comment;
  readonly removed: Comment;
  readonly decisionId: string;
  readonly post: Post;
}

const dataDir = mkdtempSync(join(tmpdir(), 'colloquy-unreadable-'));
const people = new Map<Name, Person>();
let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let reader: TestMember;
let post: Post;
const sockets: TestSocket[] = [];

const person = (name: Name): Person => {
  const found = people.get(name);
  if (!found) throw new RangeError(name);
  return found;
};

beforeAll(async () => {
  forum = await startForum({ env: { DATA_DIR: dataDir, PUBLIC_MODERATION_LOG: 'on' } });
  admin = await forum.admin();
  moderator = await forum.member('the-moderator', ['moderator', 'auditor']);
  reader = await forum.member('the-reader');
  post = await forum.publish(admin, { title: 'The talk' });
  await forum.done('PUT', '/api/v1/moderation/policy', { token: admin.token, body: await holding() });
  for (const name of NAMES) people.set(name, await lived(name));
  await forum.close();
  expect(await run('import', 'wordpress', BLOG)).toMatchObject({ status: 0 });
  const imported = importedComments();
  for (const [at, how] of BREAKS.entries()) {
    expect(breakSeals(dataDir, imported[at] ?? 'none', how)).toBeGreaterThan(0);
    const { member, visible, reported, held, removed } = person(how);
    for (const { id } of [member.member, visible, reported, held, removed]) {
      expect(breakSeals(dataDir, id, how)).toBeGreaterThan(0);
    }
  }
  forum = await startForum({ env: { DATA_DIR: dataDir, PUBLIC_MODERATION_LOG: 'on' } });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(async () => {
  await forum.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function holding(): Promise<object> {
  const policy = await forum.done<PolicyVersion>('GET', '/api/v1/moderation/policy', { token: admin.token });
  const rules = FIRST_POLICY.rules.map((rule) =>
    rule.rule === 'banned-words' ? { ...rule, on: true, words: [SUSPECT], measure: 'hold' } : { ...rule, on: false },
  );
  return { version: policy.version, rules, note: 'Suspicious words wait' };
}

async function lived(name: Name): Promise<Person> {
  const member = await forum.member(`writer-${name}`, ['editor']);
  const { token } = member;
  const asModerator = { token: moderator.token };
  const own = await forum.publish(member, { title: `By ${name}` });
  const say = (text: string): Promise<Comment> => forum.comment(member, post.id, { body: `${text} of ${name}` });
  await forum.done('PATCH', '/api/v1/members/me', { token, body: { displayName: `Renamed ${name}` } });
  const first = await say('First words');
  const body = { body: `Later words of ${name}`, revision: first.revision };
  const visible = await forum.done<Comment>('PATCH', `/api/v1/comments/${first.id}`, { token, body });
  const reported = await say('Reported words');
  const complaint = { reason: 'other', note: `Complaint about ${name}` };
  await forum.done('POST', `/api/v1/comments/${reported.id}/reports`, { token: reader.token, body: complaint });
  const held = await say(`Some ${SUSPECT} words`);
  const removed = await say('Removed words');
  const sent = { action: 'remove', reason: 'spam', note: `Decision about ${name}`, revision: removed.revision };
  const { decision } = await forum.done<{ decision: { id: string } }>(
    'POST',
    `/api/v1/comments/${removed.id}/decisions`,
    { ...asModerator, body: sent },
  );
  const members = `/api/v1/members/${member.member.id}`;
  const warning = { kind: 'warning', reason: 'spam', statement: `Statement about ${name}` };
  const sanction = await forum.done<{ id: string }>('POST', `${members}/sanctions`, { ...asModerator, body: warning });
  const appeal = { text: `Appeal of ${name}` };
  await forum.done('POST', `/api/v1/members/me/sanctions/${sanction.id}/appeal`, { token, body: appeal });
  await forum.done('POST', `${members}/notes`, { ...asModerator, body: { text: `Note about ${name}` } });
  return { member, visible, reported, held, removed, decisionId: decision.id, post: own };
}

/** A call of the shell. */
async function run(...words: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  const said: string[] = [];
  const status = await runCli(words, {
    environment: { DATA_DIR: dataDir },
    out: (line) => said.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, said: said.join('\n') };
}

/** Their streams, in the order of the log. */
function importedComments(): readonly string[] {
  const log = new Database(join(dataDir, 'log.db'), { readonly: true });
  const posted = eventsByHand(log).filter(
    ({ type, actor }) => type === 'CommentPosted.v1' && actor.startsWith('import:'),
  );
  log.close();
  return posted.map(({ stream }) => stream);
}

/** Every address that shows what people wrote. */
function addresses(): readonly string[] {
  const api = [
    '/members/me',
    '/members/me/sanctions',
    '/posts',
    '/posts?q=talk',
    '/posts/archive',
    ...['', '?sort=newest', '?sort=best', `?at=${new Date().toISOString()}`].map(
      (query) => `/posts/${post.id}/comments${query}`,
    ),
    `/posts/${post.id}/activity`,
    `/posts/${post.id}/changes?after=1`,
    ...['', '?list=held', '?list=reported', '?list=rejected', '?list=appeals'].map(
      (list) => `/moderation/queue${list}`,
    ),
    '/moderation/log',
    '/moderation/log?format=csv',
    '/moderation/log?format=json',
    '/moderation/report',
    '/moderation/public-log',
    '/moderation/appeals',
    '/moderation/policy',
    '/moderation/policy/versions',
    '/audit/events?limit=1000',
    '/audit/events?format=csv',
    '/audit/events?format=ndjson',
    '/audit/looks',
    '/audit/days',
  ];
  const pages = [
    '/',
    '/search?q=talk',
    '/archive',
    `/posts/${post.slug}`,
    `/posts/${post.slug}?sort=newest`,
    `/posts/${post.slug}?since=1`,
    `/posts/${post.slug}?at=30`,
    '/settings',
    '/write',
    '/moderation/queue',
    '/moderation/appeals',
    '/moderation/log',
    '/moderation-log',
    '/moderation/report',
    '/moderation/policy',
    `/moderation/discussions/${post.slug}`,
    '/audit/events',
    '/audit/looks',
    '/audit/views',
    '/audit/verify',
  ];
  return [...api.map((path) => `/api/v1${path}`), ...pages, ...[...people.values()].flatMap(addressesOf)];
}

function addressesOf({ member: { member }, decisionId, post: own, ...comments }: Person): readonly string[] {
  const { visible, reported, held, removed } = comments;
  const ofComments = [visible, reported, held, removed].flatMap(({ id }) => [
    ...['', '/history', '/diff?from=0&to=1', '/receipt'].map((rest) => `/api/v1/comments/${id}${rest}`),
    `/api/v1/moderation/cases/${id}`,
    ...['', '/edit', '/remove', '/history', '/report'].map((rest) => `/comments/${id}${rest}`),
    `/receipts/${id}`,
    `/moderation/cases/${id}`,
  ]);
  return [
    ...ofComments,
    `/api/v1/posts/${own.id}`,
    `/posts/${own.slug}`,
    `/posts/${own.slug}/edit`,
    `/api/v1/members/${member.handle}`,
    ...['record', 'comments', 'notes'].map((part) => `/api/v1/members/${member.id}/${part}`),
    `/members/${member.handle}`,
    `/moderation/members/${member.handle}`,
    `/api/v1/moderation/decisions/${decisionId}`,
    `/moderation/decisions/${decisionId}`,
  ];
}

describe('texts and names whose seals are broken', () => {
  it('are no error at any address, whoever asks', async () => {
    const failed: string[] = [];
    const viewers = [undefined, moderator, person('missing').member];
    for (const viewer of viewers) {
      for (const path of addresses()) {
        const answer = await fetch(forum.url + path, { redirect: 'manual', ...(viewer && cookie(viewer)) });
        const text = await answer.text();
        if (answer.status >= 500)
          failed.push(`${viewer?.member.handle} ${path}: ${answer.status} ${text.slice(0, 200)}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('are told as such in lists and cases, and those beside them are whole', async () => {
    const asModerator = { token: moderator.token };
    const thread = await forum.thread(post.id, '?limit=100');
    for (const name of NAMES) {
      const { member, visible, reported, held, removed, decisionId } = person(name);
      const isWhole = name === 'whole';
      const inThread = thread.items.find(({ id }) => id === visible.id);
      expect(textOf(inThread)).toEqual(expectedText(isWhole, `Later words of ${name}`));
      const history = await forum.done<Revision[]>('GET', `/api/v1/comments/${visible.id}/history`);
      expect(history.map(textOf)).toEqual(
        ['First', 'Later'].map((which) => expectedText(isWhole, `${which} words of ${name}`)),
      );
      const waiting = await forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${held.id}`, asModerator);
      expect(textOf(waiting.comment)).toEqual(expectedText(isWhole, `Some ${SUSPECT} words of ${name}`));
      expect(waiting.findings).toEqual([
        isWhole
          ? { rule: 'banned-words', matched: SUSPECT }
          : { rule: 'banned-words', matched: null, unreadable: true },
      ]);
      const complained = await forum.done<ModerationCase>(
        'GET',
        `/api/v1/moderation/cases/${reported.id}`,
        asModerator,
      );
      expect(complained.reports.map(noteOf)).toEqual([expectedText(isWhole, `Complaint about ${name}`)]);
      const path = `/api/v1/moderation/decisions/${decisionId}`;
      const frozen = await forum.done<FrozenDecision>('GET', path, asModerator);
      expect(noteOf(frozen)).toEqual(expectedText(isWhole, `Decision about ${name}`));
      expect(frozen.surroundings.filter(({ commentId }) => commentId === removed.id).map(textOf)).toEqual([
        expectedText(isWhole, `Removed words of ${name}`),
      ]);
      const sanctions = await forum.done<Sanction[]>('GET', '/api/v1/members/me/sanctions', { token: member.token });
      expect(sanctions.map(({ statement, unreadable }) => [statement, unreadable])).toEqual([
        expectedText(isWhole, `Statement about ${name}`),
      ]);
      const shown = await forum.done<Member>('GET', `/api/v1/members/${member.member.handle}`, asModerator);
      expect(shown.displayName).toBe(isWhole ? 'Renamed whole' : member.member.handle);
    }
  });

  it('are told as such on pages, once for each, and never as erased', async () => {
    const page = async (path: string, viewer: TestMember): Promise<string> =>
      (await fetch(forum.url + path, cookie(viewer))).text();
    const told = (html: string): number => html.split(TELLS).length - 1;
    const broken = BREAKS.length;
    expect(told(await page(`/posts/${post.slug}`, reader))).toBe(2 * broken);
    // One of those that came by import waits, too.
    expect(told(await page('/moderation/queue?list=held', moderator))).toBe(broken + 1);
    expect(told(await page('/moderation/appeals', moderator))).toBe(2 * broken);
    for (const name of NAMES) {
      const { member, visible, reported, held } = person(name);
      const times = (count: number): number => (name === 'whole' ? 0 : count);
      const pages: readonly (readonly [string, TestMember, number])[] = [
        [`/comments/${visible.id}/history`, member, 2],
        [`/comments/${visible.id}/history`, reader, 2],
        ['/settings', member, 2],
        [`/comments/${held.id}/history`, moderator, 1],
      ];
      for (const [path, viewer, count] of pages) {
        expect({ path, told: told(await page(path, viewer)) }).toEqual({ path, told: times(count) });
      }
      const inCase = await page(`/moderation/cases/${reported.id}`, moderator);
      expect(inCase.includes(`Reported words of ${name}`)).toBe(name === 'whole');
      expect(inCase).not.toContain('erased here');
      expect(told(await page(`/moderation/members/${member.member.handle}`, moderator)) > 3).toBe(name !== 'whole');
    }
  });

  it('are in live frames and in what a reader catches up with, with those beside them', async () => {
    const before = (await forum.thread(post.id)).position;
    const socket = await new TestSocket(forum.url).connected();
    sockets.push(socket);
    await socket.ask('thread:join', { postId: post.id });
    const bodies = async (act: 'remove' | 'restore'): Promise<void> => {
      for (const name of NAMES) {
        const { id } = person(name).reported;
        const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: moderator.token });
        const body = { action: act, reason: 'other', revision };
        await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: moderator.token, body });
      }
    };
    await bodies('remove');
    await bodies('restore');
    const due = NAMES.map((name) => [
      person(name).reported.id,
      ...expectedText(name === 'whole', `Reported words of ${name}`),
    ]);
    const restored = (changes: readonly ThreadChange[]) =>
      changes.flatMap((change) =>
        change.kind === 'comment-restored' ? [[change.comment?.id, ...textOf(change.comment)]] : [],
      );
    await socket.until(() => restored(changesOf(socket)).length === NAMES.length);
    expect(restored(changesOf(socket))).toEqual(due);
    const later = await new TestSocket(forum.url).connected();
    sockets.push(later);
    const { changes } = await later.ask('thread:join', { postId: post.id, after: before });
    expect(restored(changes)).toEqual(due);
  });

  it('are no error of a rehearsal, of moderators or of their writers', async () => {
    const policy = { rules: Reflect.get(await holding(), 'rules') };
    const path = '/api/v1/moderation/policy/simulations';
    const rehearsed = await forum.call('POST', path, { token: moderator.token, body: { policy } });
    expect(rehearsed.status).toBe(200);
    for (const how of BREAKS) {
      const { member, visible, held } = person(how);
      const { token } = member;
      const asks: readonly (readonly [string, string, object, string])[] = [
        ['PATCH', `/comments/${visible.id}`, { body: 'New words', revision: visible.revision }, token],
        ['PUT', `/comments/${visible.id}/reactions/like`, {}, reader.token],
        ['POST', `/comments/${visible.id}/reports`, { reason: 'spam', note: 'Look' }, reader.token],
        ['POST', `/posts/${post.id}/comments`, { id: newId(), body: 'More words', parentId: visible.id }, token],
        ['POST', `/comments/${held.id}/decisions`, { action: 'approve', revision: held.revision }, moderator.token],
        ['POST', `/members/${member.member.id}/notes`, { text: 'Another note' }, moderator.token],
        ['PATCH', '/members/me', { displayName: `Again ${how}` }, token],
        ['POST', '/sessions', { login: member.member.handle, password: 'correct horse battery' }, token],
        ['DELETE', `/comments/${visible.id}`, {}, token],
      ];
      for (const [method, to, body, by] of asks) {
        const answer = await forum.call(method, `/api/v1${to}`, { token: by, body });
        expect({ how, method, to, isError: answer.status >= 500, body: answer.body }).toMatchObject({ isError: false });
      }
    }
  });
});

describe('the shell, beside such texts and names', () => {
  it('makes accounts, and says what it cannot read of one', async () => {
    const flags = ['--handle', 'newcomer', '--email', 'newcomer@example.org', '--password', 'correct horse battery'];
    expect(await run('member', 'create', ...flags)).toMatchObject({ status: 0 });
    const { id } = person('missing').member.member;
    expect(await run('member', 'roles', 'writer-missing')).toMatchObject({
      status: 1,
      said: expect.stringContaining(`what is sealed in member-${id} (MemberRegistered.v2) cannot be read`),
    });
  });

  it('imports again what it has imported, and adds nothing', async () => {
    const before = importedComments();
    expect(before.length).toBeGreaterThan(BREAKS.length);
    expect(await run('import', 'wordpress', BLOG)).toMatchObject({ status: 0 });
    expect(importedComments()).toEqual(before);
  });
});

function cookie({ token }: TestMember): { headers: Record<string, string> } {
  return { headers: { cookie: `colloquy_session=${token}` } };
}

/** A text, and whether it is told that it cannot be read. */
function textOf(it: (MayBeUnreadable & { readonly body: string | null }) | undefined): Told {
  return [it?.body ?? null, it?.unreadable];
}

function noteOf({ note, unreadable }: MayBeUnreadable & { readonly note: string | null }): Told {
  return [note, unreadable];
}

type Told = readonly [text: string | null, unreadable: true | undefined];

function expectedText(isWhole: boolean, text: string): Told {
  return isWhole ? [text, undefined] : [null, true];
}
