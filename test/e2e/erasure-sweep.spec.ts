import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskedErasure, Erasure, InclusionAnswer, VerifiedView } from '../../libs/client/index.ts';
import { FIRST_POLICY } from '../../src/domain/policy/policy.settings.ts';
import { type ReadPlaces, readEverything, type SeenAnswer } from '../support/every-read.ts';
import { filesWith } from '../support/files-with.ts';
import { ForumCaller } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import {
  BLOG,
  filedMails,
  form,
  HANDLE,
  linkIn,
  MARK,
  type MarkedPerson,
  markedPerson,
  newReaders,
  PASSWORD_OF_MARK,
  type Readers,
} from '../support/marked-person.ts';
import { BLOG_HANDLE, type PersonOfBlog, personOfBlog } from '../support/person-of-blog.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { requireTold } from '../support/told-answers.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

const scratch = mkdtempSync(join(tmpdir(), 'colloquy-sweep-'));
const place = (name: string): string => join(scratch, name);
const [dataDir, temporary, backup] = [place('forum'), place('temporary'), place('backup')];
const ENV = {
  HOST: 'localhost',
  TMPDIR: temporary,
  SQLITE_TMPDIR: temporary,
  LOG_LEVEL: 'debug',
  EMBED_ORIGINS: BLOG,
  PUBLIC_MODERATION_LOG: 'on',
  METRICS: 'on',
  SSO_SECRET: 'a secret that the blog and the forum share',
};

/** The routes that show the person's words to somebody while they are there. */
const SHOWING: readonly string[] = [
  'GET /api/v1/members',
  'GET /api/v1/members/:handle',
  'GET /api/v1/notifications',
  'GET /api/v1/post-drafts',
  'GET /api/v1/post-drafts/:id',
  'GET /api/v1/invitations',
  'GET /api/v1/posts',
  'GET /api/v1/posts/:idOrSlug',
  'GET /api/v1/posts/recent-comments',
  'GET /api/v1/search',
  'GET /api/v1/posts/:id/comments',
  'GET /api/v1/posts/:id/changes',
  'GET /api/v1/comments/:id',
  'GET /api/v1/comments/:id/translations',
  'GET /api/v1/posts/:id/translations',
  'GET /api/v1/comments/:id/history',
  'GET /api/v1/comments/:id/diff',
  'GET /api/v1/moderation/queue',
  'GET /api/v1/moderation/cases/:id',
  'GET /api/v1/moderation/decisions/:id',
  'GET /api/v1/moderation/log',
  'GET /api/v1/moderation/translations',
  'GET /api/v1/moderation/appeals',
  'GET /api/v1/members/:id/record',
  'GET /api/v1/members/:id/comments',
  'GET /api/v1/members/:id/notes',
  'GET /',
  'GET /search',
  'GET /archive/:year/:month',
  'GET /posts/:slug',
  'GET /comments/:id/language',
  'GET /comments/:id/translations',
  'GET /translations/:id/report',
  'GET /posts/:slug/translations',
  'GET /comments/:id/history',
  'GET /members/:handle',
  'GET /confirm/:token',
  'GET /admin/invitations',
  'GET /notifications',
  'GET /drafts',
  'GET /write/:id/links',
  'GET /preview/:token',
  'GET /posts/:slug/edit',
  'GET /posts/:slug/withdraw',
  'GET /posts/:slug/revisions',
  'GET /moderation/queue',
  'GET /moderation/cases/:id',
  'GET /moderation/members/:handle',
  'GET /moderation/appeals',
  'GET /moderation/translations',
  'GET /comments/:id/report',
  'GET /moderation/decisions/:id',
  'GET /moderation/discussions/:slug',
  'GET /moderation/log',
  'GET /audit/scratch/:id/posts/:postId',
  'GET /admin/outbox',
  'GET /admin/outbox/:name',
  'GET /admin/outbox/:name/html',
  'GET /admin/outbox/:name/raw',
  'GET /admin/members',
  'GET /feed.xml',
  'GET /feed.atom',
  'GET /feed.json',
  'GET /posts/:slug/feed.xml',
  'GET /posts/:slug/feed.atom',
  'GET /posts/:slug/feed.json',
  'GET /members/:handle/feed.xml',
  'GET /members/:handle/feed.atom',
  'GET /members/:handle/feed.json',
  'GET /embed',
  'GET /oembed',
];

let served: ServedForum;
let forum: ForumCaller;
let readers: Readers;
let person: MarkedPerson;
let ofBlog: PersonOfBlog;
let places: ReadPlaces;
let before: Kept;
let after: readonly SeenAnswer[];
let told: Erasure;
const sockets: Record<string, TestSocket> = {};

/** What somebody kept from before the erasure. */
interface Kept {
  readonly answers: readonly SeenAnswer[];
  /** How many each socket had been sent. */
  readonly frames: Readonly<Record<string, number>>;
  readonly data: string;
  /** What their image is answered with, and the names of all sealed files. */
  readonly imageStatus: number;
  readonly files: readonly string[];
  readonly examples: string;
  readonly checkpoint: string;
  readonly receipts: readonly string[];
  readonly leaves: readonly string[];
}

const showing = (answers: readonly SeenAnswer[], words: readonly string[]): readonly string[] => [
  ...new Set(answers.filter(({ text }) => words.some((word) => text.includes(word))).map(({ route }) => route)),
];

async function textAt(path: string, token?: string): Promise<string> {
  const response = await fetch(served.address + path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.text();
}

async function ran(...words: readonly string[]): Promise<string> {
  return ranIn(dataDir, ...words);
}

async function ranIn(dir: string, ...words: readonly string[]): Promise<string> {
  const env = { ...ENV, PUBLIC_URL: served.address };
  const { status, out, said } = await runColloquy(words, { dataDir: dir, env });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${said}`);
  return out;
}

async function dataOf(token: string): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${served.address}/api/v1/members/me/data`, { headers });
  return Object.values(await unzipped(Buffer.from(await answer.arrayBuffer()))).join('');
}

async function imageStatus(): Promise<number> {
  return (await fetch(`${served.address}/images/${person.image.id}-480.webp`)).status;
}

/** Nobody else has brought an image. */
function sealedFiles(): readonly string[] {
  const entries = readdirSync(join(dataDir, 'images'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

/** The texts that a rehearsal shows of a policy that would have held them all. */
async function rehearsed(): Promise<string> {
  const rules = FIRST_POLICY.rules.map((rule) =>
    rule.rule === 'suspect-words' ? { ...rule, on: true, words: [MARK] } : rule,
  );
  const wish = { token: readers.admin.token, body: { policy: { rules } } };
  const { status, body } = await forum.call('POST', '/api/v1/moderation/policy/simulations', wish);
  if (status !== 200) throw new Error(`a rehearsal was answered with ${status}: ${JSON.stringify(body)}`);
  return JSON.stringify(body);
}

const leafOf = async (position: string): Promise<string> =>
  (await forum.done<InclusionAnswer>('GET', `/api/v1/audit/proofs/inclusion?position=${position}`)).leafHash;

const allComments = () => [...person.comments, ...ofBlog.comments];

async function listens(name: string, token?: string): Promise<void> {
  const socket = await new TestSocket(served.address, { token }).connected();
  await socket.ask('thread:join', { postId: person.post.id });
  if (token === readers.admin.token) {
    await socket.ask('moderation:join', {});
    await socket.ask('audit:join', {});
  }
  sockets[name] = socket;
}

/** What the sockets have been sent since they had so many frames each; of all, without `since`. */
function framesSince(since: Readonly<Record<string, number>> = {}): readonly string[] {
  return Object.entries(sockets).flatMap(([name, { frames }]) =>
    frames.slice(since[name] ?? 0).map((frame) => JSON.stringify(frame)),
  );
}

async function keep(): Promise<Kept> {
  await listens('anonymous');
  await listens('admin', readers.admin.token);
  await listens('own', person.token);
  await sockets['own']?.send('thread:typing', { postId: person.post.id });
  await forum.comment(person, person.post.id, { body: `Live ${MARK}` });
  await sockets['anonymous']?.until(() => framesSince().join().includes(`Live ${MARK}`));
  const answers = await readEverything(forum, { ...readers, own: person }, places);
  const commented = person.comments.slice(0, 1);
  return {
    answers,
    frames: Object.fromEntries(Object.entries(sockets).map(([name, { frames }]) => [name, frames.length])),
    data: await dataOf(person.token),
    imageStatus: await imageStatus(),
    files: sealedFiles(),
    examples: await rehearsed(),
    checkpoint: await textAt('/api/v1/audit/checkpoint'),
    receipts: await Promise.all(commented.map(({ id }) => textAt(`/api/v1/comments/${id}/receipt`))),
    leaves: await Promise.all(allComments().map(({ position }) => leafOf(position))),
  };
}

async function erased(): Promise<Erasure> {
  const body = { comments: 'remove', password: PASSWORD_OF_MARK, immediately: true };
  await forum.done('POST', '/api/v1/members/me/erasure', { token: person.token, body });
  const path = `/api/v1/erasures/${places.erasureId}`;
  const other = `/api/v1/members/${ofBlog.member.id}/erasure`;
  const wish = { token: readers.admin.token, body: { comments: 'remove', immediately: true } };
  const { erasureId } = await forum.done<AskedErasure>('POST', other, wish);
  for (const one of [path, `/api/v1/erasures/${erasureId}`])
    await until(async () => (await forum.done<Erasure>('GET', one)).state === 'done');
  return forum.done('GET', path);
}

beforeAll(async () => {
  mkdirSync(temporary);
  served = await serveForum({ dataDir, env: ENV });
  forum = new ForumCaller(served.address, requireTold);
  readers = await newReaders(forum);
  person = await markedPerson({ forum, readers, dataDirs: [dataDir], origin: served.address });
  ofBlog = await personOfBlog({ forum }, ENV.SSO_SECRET, person);
  const later = { comments: 'remove', password: PASSWORD_OF_MARK };
  const asked = { token: person.token, body: later };
  const { erasureId } = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', asked);
  const { position } = await forum.thread(person.post.id);
  const area = await form(forum, '/audit/scratch', readers.auditor.token, { until: position });
  const mails = (await filedMails([dataDir])).filter(({ all }) => all.includes(MARK));
  const links = mails.flatMap((mail) => linkIn(mail) ?? []);
  places = {
    person,
    also: [ofBlog],
    mails: mails.map(({ name }) => name),
    links,
    area,
    origin: served.address,
    position,
    erasureId,
  };
  before = await keep();
  await ran('backup', backup);
  told = await erased();
  await until(() => framesSince(before.frames).join().includes('"status":"erased"'));
  await until(() => filesWith(dataDir, MARK).length === 0);
  after = await readEverything(forum, { ...readers }, places);
}, 400_000);
afterAll(async () => {
  for (const socket of Object.values(sockets)) socket.close();
  await served?.end('SIGKILL');
  rmSync(scratch, { recursive: true, force: true });
});

test('the words were shown wherever they may be, and what the person keeps of them is its own', () => {
  expect(
    showing(
      before.answers.filter(({ reader }) => reader !== 'own'),
      [MARK],
    ),
  ).toEqual(SHOWING);
  expect(framesSince().join()).toContain(`Live ${MARK}`);
  expect(before.data).toContain(`Live ${MARK}`);
  expect(before.data).toContain(`Brought ${MARK}`);
  expect(before.imageStatus).toBe(200);
  expect(before.examples).toContain(MARK);
});

test('what somebody of the host blog wrote, and what was written through a frame, was shown too', () => {
  const shown = before.answers.filter(({ reader }) => reader === 'anonymous');
  for (const words of [`blog ${MARK}`, `of the blog ${MARK}`, `in the frame ${MARK}`])
    expect([words, showing(shown, [words])]).not.toEqual([words, []]);
  const seen = before.answers.filter(({ reader }) => reader === 'admin');
  expect(showing(seen, [`blog-${MARK}@example.org`])).toContain('GET /api/v1/members');
  expect(ofBlog.member.handle).toBe(BLOG_HANDLE);
});

test('nobody is shown any of them at any address, of now or of then', async () => {
  expect(showing(after, [MARK, ...person.secrets])).toEqual([]);
  expect(after.filter(({ status }) => status >= 500)).toEqual([]);
  expect(await rehearsed()).not.toContain(MARK);
  for (const path of ['/api/v1/members/me', '/api/v1/members/me/data', '/api/v1/sessions'])
    for (const { token } of [person, ofBlog]) expect((await forum.call('GET', path, { token })).status).toBe(401);
});

test('what they brought to be seen is seen no more, and its files are deleted', async () => {
  expect([before.files.length, told.steps.find(({ step }) => step === 'images')?.count]).toEqual([3, 1]);
  expect([await imageStatus(), sealedFiles()]).toEqual([404, []]);
});

test('the handle is where events are read as they were recorded, and on no page about anything else', () => {
  const others = after.filter(({ path }) => ![HANDLE, BLOG_HANDLE].some((handle) => path.includes(handle)));
  // The page shows some of the events that the API lists whole.
  for (const handle of [HANDLE, BLOG_HANDLE.toLowerCase()]) {
    const routes = showing(others, [handle]);
    expect(routes.filter((route) => route !== 'GET /audit/events')).toEqual(['GET /api/v1/audit/events']);
  }
});

test('open pages are told without the words, and whoever comes back later too', async () => {
  const told = framesSince(before.frames);
  expect(told.filter((frame) => frame.includes('"status":"erased"'))).not.toEqual([]);
  expect(told.filter((frame) => frame.includes(MARK))).toEqual([]);
  expect(sockets['own']?.io.connected).toBe(false);
  await listens('again');
  await listens('admin again', readers.admin.token);
  for (const name of ['again', 'admin again']) {
    const answer = await sockets[name]?.ask('thread:join', { postId: person.post.id, after: '1' });
    expect(answer?.changes.length).toBeGreaterThan(0);
    expect(JSON.stringify(answer)).not.toContain(MARK);
  }
  expect(framesSince(before.frames).join()).not.toContain(MARK);
});

test('no file has them: of the forum, its outbox, its backup of before, temporary ones, or what it says', async () => {
  const words = [MARK, ...person.secrets];
  for (const folder of [dataDir, temporary, backup])
    expect([folder, words.flatMap((word) => filesWith(folder, word))]).toEqual([folder, []]);
  expect(JSON.stringify(await filedMails([dataDir]))).not.toContain(MARK);
  const said = served.stdout() + served.stderr();
  expect(words.filter((word) => said.includes(word))).toEqual([]);
});

test('what was signed before holds, and so do the log and every view of it', async () => {
  expect(told.proof).toMatchObject({ index: expect.any(Number) });
  const leaves = await Promise.all(allComments().map(({ position }) => leafOf(position)));
  expect(leaves).toEqual(before.leaves);
  const kept = place('checkpoint');
  writeFileSync(kept, before.checkpoint);
  const key = await textAt('/api/v1/audit/key');
  for (const text of [...before.receipts, await textAt(`/api/v1/comments/${person.comments[0]?.id}/receipt`)]) {
    const receipt = place('receipt.tlog-proof');
    writeFileSync(receipt, text);
    await ran('verify', receipt, '--key', key.trim());
  }
  const report = JSON.parse(await ran('verify', '--checkpoint', kept, '--json'));
  expect(report).toMatchObject({ ok: true, faults: [] });
  expect(JSON.parse(await ran('replay', '--verify', '--json'))).toMatchObject({ ok: true });
  const { token } = readers.admin;
  const views = await forum.done<readonly { readonly name: string }[]>('GET', '/api/v1/audit/views', { token });
  expect(views.length).toBeGreaterThan(10);
  for (const { name } of views) {
    const verified = await forum.done<VerifiedView>('POST', `/api/v1/audit/views/${name}/verifications`, { token });
    expect([name, verified.equal]).toEqual([name, true]);
  }
});

test('the backup of before, brought back with the ledger, shows and has none of them either', async () => {
  const [restored, ledger] = [place('restored'), place('ledger')];
  await ran('erase', 'ledger', '--out', ledger);
  expect(filesWith(scratch, MARK)).toEqual([]);
  await ranIn(restored, 'restore', backup, '--ledger', ledger);
  await served.end();
  const { port } = new URL(served.address);
  served = await serveForum({ dataDir: restored, env: { ...ENV, PORT: port } });
  await until(async () => (await forum.done<Erasure>('GET', `/api/v1/erasures/${places.erasureId}`)).state === 'done');
  const answers = await readEverything(forum, { ...readers }, places);
  expect(showing(answers, [MARK, ...person.secrets])).toEqual([]);
  expect(showing(answers, ['/posts/discussed'])).toContain('GET /');
  expect([MARK, ...person.secrets].flatMap((word) => filesWith(restored, word))).toEqual([]);
});
