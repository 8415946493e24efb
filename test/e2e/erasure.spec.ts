import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { AskedErasure, Comment, Erasure, InclusionAnswer, StoredImage } from '../../libs/client/index.ts';
import { ERASURE_STEPS } from '../../libs/words/index.ts';
import { StreamErasing } from '../../src/commands/erase-streams.ts';
import { PersonalStreams } from '../../src/commands/personal-streams.ts';
import { ImportComment } from '../../src/domain/comment/comment.commands.ts';
import { CarryingOut } from '../../src/reactors/erasure/carry-out.ts';
import { FindErasure } from '../../src/views/erasures/erasures.query-types.ts';
import { OWN_SECTIONS } from '../../src/views/own-data/own-data.query-types.ts';
import { confirmedMember } from '../support/confirmed-member.ts';
import { filesWith } from '../support/files-with.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { drawn } from '../support/pictures.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { unzipped } from '../support/unzipped.ts';

/** Stands in everything that the person writes, and nowhere else. */
const MARK = 'quxmarkerzebra';
const ME = '/api/v1/members/me/erasure';

let forum: RunningForum;
/** Its reactors rest. */
let resting: RunningForum;
let admin: TestMember;
let moderator: TestMember;
beforeAll(async () => {
  [forum, resting] = await Promise.all([startForum({ reacts: true }), startForum()]);
  admin = await forum.admin();
  moderator = await forum.member('the-moderator', ['moderator']);
});
afterAll(() => Promise.all([forum.close(), resting.close()]));

const erase = (by: TestMember, wish: object = {}) =>
  forum.call('POST', ME, { token: by.token, body: { comments: 'remove', password: PASSWORD, ...wish } });
const erasure = (id: string) => forum.done<Erasure>('GET', `/api/v1/erasures/${id}`);
const cookieOf = ({ token }: TestMember) => ({ cookie: `colloquy_session=${token}` });
const refused = (code: string, status: number) => ({ status, body: expect.objectContaining({ code }) });

async function done(id: string): Promise<Erasure> {
  await until(async () => (await erasure(id)).state === 'done');
  return erasure(id);
}

async function erased(by: TestMember, wish: object = {}): Promise<Erasure> {
  const answer = await erase(by, { immediately: true, ...wish });
  expect(answer).toMatchObject({ status: 202, body: { erasureId: expect.any(String) } });
  return done((answer.body as AskedErasure).erasureId);
}

describe('a mail that tells others', () => {
  const told = async (handle: string): Promise<string> =>
    (await outboxMails(forum.dataDir, `${handle}@example.org`, 0))
      .map(({ subject, text }) => subject + text)
      .join('\n');
  /** The mail of each is there before the next is written, so that no two are told by one. */
  const tell = async (by: TestMember, postId: string, { to, words }: { to: string; words: string }) => {
    const comment = await forum.comment(by, postId, { body: `@${to} ${words}` });
    await until(async () => (await told(to)).includes(words));
    return comment;
  };

  test('of an erased member, by name or in words, leaves the outbox with the erasure; others stay', async () => {
    await confirmedMember(forum, 'friend');
    const post = await forum.publish(admin);
    const [person, keeping] = [await forum.member('zebra-one'), await forum.member('zebra-two')];
    await tell(person, post.id, { to: 'friend', words: 'striped words' });
    await tell(keeping, post.id, { to: 'friend', words: 'dotted words' });
    await tell(moderator, post.id, { to: 'friend', words: 'plain words' });
    expect(await told('friend')).toMatch(/Name of zebra-one[\s\S]*Name of zebra-two/);
    await erased(person);
    await erased(keeping, { comments: 'keep' });
    await until(async () => !/zebra|striped|dotted/.test(await told('friend')));
    expect(await told('friend')).toContain('plain words');
  });

  test('of a purged comment leaves the outbox with its text', async () => {
    await confirmedMember(forum, 'caller');
    const post = await forum.publish(admin);
    const person = await forum.member('purging');
    const comment = await tell(person, post.id, { to: 'caller', words: 'call 5550199' });
    await tell(person, post.id, { to: 'caller', words: 'by boat' });
    const body = { reason: 'A number' };
    await forum.done('POST', `/api/v1/comments/${comment.id}/purge`, { token: moderator.token, body });
    await until(async () => !(await told('caller')).includes('5550199'));
    expect(await told('caller')).toContain('by boat');
  });

  test('its author that a comment was purged stays in the outbox, and has nothing of it', async () => {
    const post = await forum.publish(admin, { title: 'Ferries' });
    const author = await confirmedMember(forum, 'frank');
    const { id } = await forum.comment(author, post.id, { body: 'call 5550188' });
    const body = { reason: 'A number' };
    await forum.done('POST', `/api/v1/comments/${id}/purge`, { token: moderator.token, body });
    await until(async () => (await told('frank')).includes('A moderator erased your comment on “Ferries” for good'));
    await erased(await forum.member('long-gone'));
    expect(await told('frank')).toContain('A moderator erased your comment');
    expect(await told('frank')).not.toMatch(/5550188|A number/);
  });
});

describe('after an erasure', () => {
  test('nothing that the person wrote is under DATA_DIR, in an answer or on a page; proofs hold', async () => {
    const post = await forum.publish(admin);
    const body = { handle: 'person', displayName: `N ${MARK}`, email: `${MARK}@example.org`, password: PASSWORD };
    const { member } = await forum.done<Pick<TestMember, 'member'>>('POST', '/api/v1/members', { body });
    const { token } = await forum.signIn('person');
    const person = { member, token };
    await outboxMails(forum.dataDir, `${MARK}@example.org`);
    const comment = await forum.comment(person, post.id, { body: `C ${MARK}` });
    await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token, body: { body: `E ${MARK}`, revision: 0 } });
    const others = await forum.comment(moderator, post.id, { body: 'Of another' });
    const report = { reason: 'abuse', note: `R ${MARK}` };
    await forum.done('POST', `/api/v1/comments/${others.id}/reports`, { token, body: report });
    await forum.done('POST', `/api/v1/comments/${comment.id}/reports`, {
      token: moderator.token,
      body: { reason: 'abuse', note: `He said ${MARK}` },
    });
    const leaf = () =>
      forum.done<InclusionAnswer>('GET', `/api/v1/audit/proofs/inclusion?position=${comment.position}`);
    const { leafHash } = await leaf();
    // A search waits for the words of what was written before, which no write does.
    await forum.done('GET', '/api/v1/search?q=anything');
    // The mail that waits, and the words by which the comment is found.
    const found = filesWith(forum.dataDir, MARK).map((path) => relative(forum.dataDir, path));
    const places = new Set(found.map((path) => (path.startsWith('outbox/') ? 'outbox' : path.split('.')[0])));
    expect([...places].sort()).toEqual(['outbox', 'views/search']);

    const told = await erased(person);
    expect(told.steps.map(({ step, count }) => `${step} ${count}`)).toEqual([
      'sessions 1',
      'comments 1',
      'words 2',
      'images 0',
      'links 1',
      expect.stringMatching(/^names [3-9]$/),
      'account 1',
    ]);
    await until(() => filesWith(forum.dataDir, MARK).length === 0);
    expect(await forum.thread(post.id)).toMatchObject({
      items: [{ id: comment.id, status: 'erased', author: null, body: null, bodyHtml: null }, { id: others.id }],
    });
    for (const path of [
      `/api/v1/comments/${comment.id}/history`,
      `/moderation/cases/${others.id}`,
      '/members/person',
    ]) {
      const answer = await forum.call('GET', path, { token: admin.token });
      expect(JSON.stringify(answer.body)).not.toContain(MARK);
    }
    expect(await forum.call('GET', '/api/v1/members/me', { token })).toMatchObject({ status: 401 });
    expect(
      await forum.call('POST', '/api/v1/sessions', { body: { login: 'person', password: PASSWORD } }),
    ).toMatchObject(refused('login_failed', 401));
    expect(told.proof).toMatchObject({ index: expect.any(Number), checkpoint: expect.any(String) });
    expect(await leaf()).toMatchObject({ leafHash });
    const again = await forum.done<Pick<TestMember, 'member'>>('POST', '/api/v1/members', { body });
    expect(again.member.id).not.toBe(member.id);
  });

  test('comments stay without a name where the person keeps them', async () => {
    const person = await forum.member('keeping');
    const post = await forum.publish(admin);
    const comment = await forum.comment(person, post.id, { body: 'This stays.' });
    await erased(person, { comments: 'keep' });
    expect(await forum.thread(post.id)).toMatchObject({
      items: [{ id: comment.id, status: 'visible', author: null, body: 'This stays.' }],
    });
    for (const path of [`/posts/${post.slug}`, `/moderation/cases/${comment.id}`]) {
      const html = String((await forum.call('GET', path, { headers: cookieOf(moderator) })).body);
      expect(html).toContain('This stays.');
      expect(html).not.toMatch(/class="gone"|>This is your own comment/);
    }
    const read = String((await forum.call('GET', `/posts/${post.slug}`)).body);
    expect(read).toMatch(/class="name"[^>]*>Somebody who left<[\s\S]*This stays\./);
  });

  test('comments that stay have their images, and the person’s other images go', async () => {
    const person = await forum.member('keeping-images');
    await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images: true } } });
    const bring = async (): Promise<StoredImage> => {
      const form = formOf([['file', await drawn(30, 20).png().toBuffer()]]);
      const { image } = await forum.done<{ image: StoredImage }>('POST', '/api/v1/images', {
        token: person.token,
        ...form,
      });
      return image;
    };
    const [shown, taken, nowhere] = [await bring(), await bring(), await bring()];
    const post = await forum.publish(admin);
    await forum.comment(person, post.id, { body: `![](${shown.address})` });
    const gone = await forum.comment(person, post.id, { body: `![](${taken.address})` });
    await forum.done('DELETE', `/api/v1/comments/${gone.id}`, { token: person.token });
    await erased(person, { comments: 'keep' });
    const answers = [shown, taken, nowhere].map(({ id }) => fetch(`${forum.url}/images/${id}-480.jpg`));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 404, 404]);
  });
});

describe('with the address of another, which it never confirmed, an erased account', () => {
  const register = async (handle: string, email: string): Promise<TestMember> => {
    const body = { handle, displayName: handle, email, password: PASSWORD };
    const { member } = await forum.done<Pick<TestMember, 'member'>>('POST', '/api/v1/members', { body });
    return { member, token: (await forum.signIn(handle)).token };
  };
  const subjects = async (email: string) => (await outboxMails(forum.dataDir, email, 0)).map(({ subject }) => subject);

  test('takes its own letters along, and none that the owner asked for or was invited by', async () => {
    const [owned, invited] = ['owning@example.org', 'invited@example.org'];
    await register('owning', owned);
    const [letter = { text: '' }] = await outboxMails(forum.dataDir, owned);
    const confirm = `${forum.url}/confirm/${tokenIn(letter, '/confirm/')}`;
    expect((await fetch(confirm, { method: 'POST', body: new URLSearchParams() })).status).toBe(200);
    expect((await forum.call('POST', '/api/v1/password-resets', { body: { email: owned } })).status).toBe(202);
    await forum.done('POST', '/api/v1/invitations', { token: admin.token, body: { email: invited, note: 'Come' } });
    const theirs = [await outboxMails(forum.dataDir, owned, 2), await outboxMails(forum.dataDir, invited)];
    const strangers = [await register('stranger-one', owned), await register('stranger-two', invited)];
    await outboxMails(forum.dataDir, owned, 3);
    await outboxMails(forum.dataDir, invited, 2);
    for (const one of strangers) await erased(one);
    const kept = theirs.map((mails) => mails.map(({ subject }) => subject));
    await until(async () => (await subjects(owned)).length + (await subjects(invited)).length <= 3);
    expect([await subjects(owned), await subjects(invited)]).toEqual(kept);
    const reset = theirs[0]?.find(({ text }) => text.includes('/reset/'));
    const token = tokenIn(reset ?? { text: '' }, '/reset/');
    const body = { password: 'another horse battery' };
    expect((await forum.call('PUT', `/api/v1/password-resets/${token}`, { body })).status).toBeLessThan(300);
  });
});

describe('an erasure', () => {
  test('waits fourteen days, is the same when asked for again, and can be taken back by the member alone', async () => {
    const person = await forum.member('waiting');
    const first = await erase(person);
    expect((await erase(person)).body).toEqual(first.body);
    for (const immediately of [false, true])
      expect(await erase(person, { comments: 'keep', immediately })).toMatchObject(refused('conflict', 409));
    const { erasureId } = first.body as AskedErasure;
    const waiting = await erasure(erasureId);
    expect(waiting).toMatchObject({ state: 'waiting', comments: 'remove', steps: [], proof: null });
    expect(Date.parse(waiting.dueAt) - Date.parse(waiting.requestedAt)).toBe(14 * 86_400_000);
    const mails = await outboxMails(forum.dataDir, 'waiting@example.org', 2);
    expect(mails.map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/will be erased$/));
    const other = await forum.member('other');
    const path = `/api/v1/erasures/${erasureId}`;
    expect(await forum.call('DELETE', path, { token: other.token })).toMatchObject(refused('not_found', 404));
    expect((await forum.call('DELETE', path, { token: person.token })).status).toBe(204);
    expect((await erasure(erasureId)).state).toBe('taken-back');
    expect((await erase(person)).body).toEqual(first.body);
    expect((await erasure(erasureId)).state).toBe('waiting');
  });

  test('asks for the password however fresh the sign-in is, and is refused to the last admin and to others', async () => {
    const person = await forum.member('stale');
    expect(await erase(person, { password: 'not the password' })).toMatchObject(refused('invalid', 400));
    expect(await erase(person, { password: undefined })).toMatchObject(refused('fresh_sign_in_required', 403));
    expect(await erase(admin)).toMatchObject(refused('last_admin', 409));
    const path = `/api/v1/members/${person.member.id}/erasure`;
    expect(await forum.call('POST', path, { token: moderator.token, body: {} })).toMatchObject(
      refused('forbidden', 403),
    );
    expect(await forum.call('POST', path, { token: admin.token, body: {} })).toMatchObject({ status: 202 });
  });
});

test('one comment is purged for good, and everybody who has a right to know is told', async () => {
  const post = await forum.publish(admin);
  const writer = await forum.member('purged');
  const [comment, kept] = [
    await forum.comment(writer, post.id, { body: 'My number is 5551' }),
    await forum.comment(writer, post.id),
  ];
  const path = `/api/v1/comments/${comment.id}/purge`;
  expect(await forum.call('POST', path, { token: writer.token, body: { reason: 'no' } })).toMatchObject({
    status: 403,
  });
  const purged = await forum.done<Comment>('POST', path, {
    token: moderator.token,
    body: { reason: 'A phone number' },
  });
  expect(purged).toMatchObject({ id: comment.id, status: 'erased', body: null, author: null });
  expect(await forum.thread(post.id)).toMatchObject({
    items: [{ status: 'erased' }, { id: kept.id, status: 'visible' }],
  });
  const log = await forum.done<{ items: object[] }>('GET', '/api/v1/moderation/log?limit=1', {
    token: moderator.token,
  });
  expect(log.items).toMatchObject([{ kind: 'comment-purged', commentId: comment.id, note: 'A phone number' }]);
});

test.each(['remove', 'keep'])(
  'why a comment was purged goes with its author who wishes to %s the others',
  async (comments) => {
    const post = await forum.publish(admin);
    const [writer, other] = [await forum.member(`purged-${comments}`), await forum.member(`beside-${comments}`)];
    for (const by of [writer, other]) {
      const { id } = await forum.comment(by, post.id, { body: 'My number is 5551' });
      const body = { reason: `The number of ${by.member.handle}` };
      await forum.done('POST', `/api/v1/comments/${id}/purge`, { token: moderator.token, body });
    }
    await erased(writer, { comments });
    const log = await forum.done<{ items: object[] }>('GET', '/api/v1/moderation/log?limit=2', {
      token: moderator.token,
    });
    expect(log.items).toMatchObject([
      { kind: 'comment-purged', note: `The number of beside-${comments}` },
      { kind: 'comment-purged', note: null },
    ]);
  },
);

test('a member takes everything of theirs along, and nothing that signs anybody in', async () => {
  const person = await forum.member('taking');
  const post = await forum.publish(admin);
  const comment = await forum.comment(person, post.id, { body: 'First <b>words</b>' });
  const changed = { body: 'Second words', revision: 0 };
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, { token: person.token, body: changed });
  await forum.done('PUT', `/api/v1/comments/${comment.id}/reactions/like`, { token: person.token });
  await forum.call('PUT', `/api/v1/posts/${post.id}/follow`, { token: person.token });
  await forum.call('PUT', `/api/v1/members/${admin.member.id}/ignore`, { token: person.token });
  const draft = { postId: post.id, parentId: comment.id, body: 'Unsent words' };
  await forum.done('PUT', '/api/v1/members/me/drafts', { token: person.token, body: draft });
  await forum.done('PUT', `/api/v1/comments/${comment.id}/bookmark`, { token: person.token });
  const ways = { reply: ['inbox'] };
  await forum.done('PUT', '/api/v1/members/me/notifications', { token: person.token, body: { ways } });
  const commented = await forum.publish(admin, { title: 'Followed by commenting' });
  const asked = await forum.comment(person, commented.id);
  const answer = await forum.comment(moderator, commented.id, { parentId: asked.id, body: 'Words of somebody else' });
  const response = await fetch(`${forum.url}/api/v1/members/me/data`, {
    headers: { authorization: `Bearer ${person.token}` },
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = await unzipped(Buffer.from(await response.arrayBuffer()));
  expect(Object.keys(files).sort()).toEqual(['index.html', ...OWN_SECTIONS.map((name) => `${name}.json`)].sort());
  const texts = [
    expect.objectContaining({ text: 'First <b>words</b>' }),
    expect.objectContaining({ text: 'Second words' }),
  ];
  expect(JSON.parse(files['comments.json'] ?? '')).toMatchObject([
    { id: comment.id, post: post.title, texts },
    { id: asked.id, post: commented.title },
  ]);
  expect(JSON.parse(files['reactions.json'] ?? '')).toEqual([
    { at: expect.any(String), post: post.title, commentId: comment.id, kind: 'like', path: `/comments/${comment.id}` },
  ]);
  expect(JSON.parse(files['inbox.json'] ?? '')).toMatchObject([
    { what: 'DiscussionFollowed.v1', postId: post.id, posts: [post.title] },
    { what: 'IgnoresChanged.v1', ignored: [admin.member.id] },
    { what: 'NotificationsChosen.v1', ways: expect.objectContaining(ways) },
    { what: 'FollowsByCommenting', postId: commented.id, posts: ['Followed by commenting'] },
  ]);
  const { id: commentId } = answer;
  const told = { postId: commented.id, post: 'Followed by commenting', commentId, path: `/comments/${commentId}` };
  expect(JSON.parse(files['notifications.json'] ?? '')).toEqual([
    { at: expect.any(String), kind: 'reply', outcome: null, ...told },
  ]);
  expect(Object.values(files).join('')).not.toContain('Words of somebody else');
  expect(JSON.parse(files['drafts.json'] ?? '')).toMatchObject([{ post: post.title, body: 'Unsent words' }]);
  expect(JSON.parse(files['bookmarks.json'] ?? '')).toMatchObject([{ postId: post.id, commentId: comment.id }]);
  expect(JSON.parse(files['mails.json'] ?? '')).toMatchObject([{ kind: 'link' }]);
  expect(files['account.json']).toContain('taking@example.org');
  expect(files['index.html']).toContain('First &lt;b&gt;words');
  expect(files['index.html']).toContain('<h3>Member registered</h3>');
  expect(files['index.html']?.replaceAll(/<time datetime="[^"]*">/g, '')).not.toMatch(/\.v\d<|\d-\d\dT\d\d:/);
  expect(Object.values(files).join('')).not.toContain('$argon2');
  expect(await forum.call('GET', '/api/v1/members/me/data')).toMatchObject({ status: 401 });
});

test('a server that dies between any two steps leaves nothing undone', async () => {
  const person = await resting.member('dying');
  const post = await resting.publish(await resting.admin());
  const comment = await resting.comment(person, post.id, { body: `Left ${MARK}` });
  const wish = { comments: 'remove', password: PASSWORD, immediately: true };
  const { erasureId } = await resting.done<AskedErasure>('POST', ME, { token: person.token, body: wish });
  const page = () => resting.call('GET', `/erasures/${erasureId}`, { headers: cookieOf(person) });
  const running = await page();
  const html = String(running.body);
  expect(html).toContain('It is being carried out.');
  expect(running.headers.get('refresh')).toBe('5');
  expect(html).not.toContain('Take it back');
  const { app, views } = resting.forum;
  const [commands, queries] = [app.get(CommandBus), app.get(QueryBus)];
  const [erasing, found] = [app.get(StreamErasing), app.get(PersonalStreams)];
  const died: string[] = [];
  for (let alive = true; alive; ) {
    const onStep = (step: string): void => {
      if (step === 'finished' || died.includes(step)) return;
      died.push(step);
      throw new Error('killed');
    };
    const known = await queries.execute(new FindErasure(erasureId));
    if (known === null) throw new Error('nobody asked');
    const carrying = new CarryingOut({ commands, queries, views, erasing, found, onStep });
    const ended = await carrying.carryOut(known, () => false).catch((error: Error) => error.message);
    alive = ended === 'killed';
    await views.reached(await resting.forum.log.store.head());
  }
  expect(died).toEqual(['begun', ...ERASURE_STEPS]);
  expect((await page()).headers.get('refresh')).toBeNull();
  const told = await resting.done<Erasure>('GET', `/api/v1/erasures/${erasureId}`);
  expect(told.steps.map(({ step }) => step)).toEqual(ERASURE_STEPS);
  expect(told.state).toBe('done');
  expect(await resting.thread(post.id)).toMatchObject({ items: [{ id: comment.id, status: 'erased' }] });
});

test('what a member writes on a node that does not know of the erasure yet is erased too', async () => {
  const person = await forum.member('late');
  const post = await forum.publish(admin);
  await erased(person);
  const meta = { actor: person.member.id, now: new Date().toISOString(), causationId: null };
  const by = { memberId: person.member.id, roles: [] };
  const data = { commentId: newId(), postId: post.id, parentId: null, rootId: '', depth: 0, authorId: by.memberId };
  const event = {
    id: newId(),
    type: 'CommentPosted.v1',
    occurredAt: meta.now,
    actor: by.memberId,
    correlationId: newId(),
  };
  const { store, vault } = forum.forum.log;
  const stream = `comment-${data.commentId}`;
  const at = { stream, type: event.type, id: event.id };
  const sealed = await vault.seal(await vault.takeKey(), { body: `Late ${MARK}`, author: null }, at);
  await store.append(
    stream,
    [{ ...event, causationId: null, data: { ...data, rootId: data.commentId, source: null }, sealed }],
    'no-stream',
  );
  await until(async () => (await forum.thread(post.id)).items[0]?.status === 'erased');
  await until(async () => (await vault.stateOf(vault.keyOf(sealed))) === 'destroyed');
});

test('people whom an import brought are erased by their address, with all that they wrote', async () => {
  const post = await forum.publish(admin);
  const [theirs, others] = [newId(), newId()];
  for (const [commentId, name] of [
    [theirs, 'old'],
    [others, 'other'],
  ] as const) {
    const author = { displayName: name, email: `${name}@blog.example`, url: null };
    const source = { kind: 'disqus', site: 'blog', id: commentId } as const;
    const wish = { commentId, postId: post.id, parentId: null, body: `By ${name}`, author, source };
    const meta = { commandId: newId(), actor: 'import:disqus', now: new Date().toISOString(), correlationId: newId() };
    const command = new ImportComment({ ...wish, held: false, keepsPlace: false }, { ...meta, causationId: null });
    await forum.forum.app.get(CommandBus).execute(command);
  }
  const asked = await forum.done<AskedErasure>('POST', '/api/v1/erasures', {
    token: admin.token,
    body: { email: 'OLD@blog.example', source: 'disqus' },
  });
  expect((await done(asked.erasureId)).steps[0]).toMatchObject({ step: 'comments', count: 1 });
  const { items } = await forum.thread(post.id);
  expect(items.map(({ id, status }) => [id, status]).sort()).toEqual(
    [
      [theirs, 'erased'],
      [others, 'visible'],
    ].sort(),
  );
});

describe('the pages, without a script', () => {
  const page = async (path: string, as: TestMember | null, form?: Readonly<Record<string, string>>) => {
    const headers = {
      ...(as === null ? {} : { cookie: `colloquy_session=${as.token}` }),
      ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const raw = form === undefined ? {} : { raw: new URLSearchParams(form).toString() };
    const answer = await forum.call(form === undefined ? 'GET' : 'POST', path, { headers, ...raw });
    return { ...answer, html: String(answer.body), to: answer.headers.get('location') ?? '' };
  };

  test('tell before the press what goes and stays, and afterwards, signed out, what was done', async () => {
    const person = await forum.member('paging');
    const before = await page('/settings/data', person);
    for (const words of ['What goes', 'What stays, and why', '14 days', 'Your password'])
      expect(before.html).toContain(words);
    const wrong = { comments: 'remove', password: 'not the password' };
    expect(before.html).toMatch(/It begins in 14 days[\s\S]*<fieldset>/);
    const again = await page('/settings/data/erasure', person, wrong);
    expect(again.status).toBe(400);
    expect(again.html).toMatch(/<input[^>]* value="remove"[^>]* checked/);
    const waits = await page('/settings/data/erasure', person, { comments: 'remove', password: PASSWORD });
    expect(waits).toMatchObject({ status: 303, to: expect.stringMatching(/^\/erasures\/[0-9a-f-]{36}/) });
    const [, id = ''] = /\/erasures\/([0-9a-f-]{36})/.exec(waits.to) ?? [];
    const asked = (await page('/settings/data', person)).html;
    for (const words of [
      'Take it back',
      'What goes',
      'The comments: They go too',
      'What stays, and why',
      'A quote in what',
    ])
      expect(asked).toContain(words);
    const waiting = (await page(`/erasures/${id}`, person)).html;
    for (const words of ['href="/settings/data#erase"', 'The comments: They go too', 'Asked for on '])
      expect(waiting).toContain(words);
    expect(waiting).not.toContain('Finished on ');
    expect((await page(`/erasures/${id}`, null)).html).not.toContain('Take it back');
    const back = await page(`/settings/data/erasure/${id}/back`, person, {});
    expect(back).toMatchObject({ status: 303, to: expect.stringContaining('/settings/data?done=erasureTakenBack') });
    const now = { comments: 'remove', password: PASSWORD, immediately: '1' };
    await page('/settings/data/erasure', person, now);
    await done(id);
    const { html } = await page(`/erasures/${id}`, null);
    for (const words of [
      'It is done, and nobody can take it back.',
      'The account is gone',
      'The comments are gone too',
      'What stays, and why',
      'A quote in what somebody else wrote keeps the words, and the name',
      'Asked for on ',
      'Finished on ',
    ])
      expect(html).toContain(words);
    expect(html).toMatch(/Asked for on <time [^>]*data-exact[\s\S]*Finished on <time [^>]*data-exact/);
    expect(html).not.toMatch(/Nothing of it|What goes/);
  });

  test('the link of the letter takes its own erasure back, once, signed out; looking at it changes nothing', async () => {
    const person = await forum.member('staying');
    const letterLink = async (count: number) => {
      const mails = await outboxMails(forum.dataDir, 'staying@example.org', count);
      return /\/stay\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
    };
    const { erasureId: id } = (await erase(person)).body as AskedErasure;
    const first = await letterLink(2);
    const secret = first.split('.')[1] ?? 'none';
    expect(filesWith(forum.dataDir, secret).filter((path) => !path.includes('outbox'))).toEqual([]);
    for (let look = 0; look < 2; look += 1) expect((await page(first, null)).html).toContain('@staying');
    expect((await erasure(id)).state).toBe('waiting');
    const stayed = await page(first, null, {});
    expect([stayed.status, stayed.html.includes('Nothing of @staying is erased')]).toEqual([200, true]);
    expect(stayed.headers.get('referrer-policy')).toMatch(/no-referrer|same-origin/);
    expect((await erasure(id)).state).toBe('taken-back');
    const again = await page(first, null, {});
    expect(again).toMatchObject({ status: 410, html: expect.stringContaining('was taken back already') });
    expect(again.html).not.toContain('Ask for a new link');
    await erase(person);
    const second = await letterLink(3);
    expect(await page(first, null, {})).toMatchObject({ status: 410 });
    expect((await erasure(id)).state).toBe('waiting');
    const pressed = { id: newId() };
    for (let press = 0; press < 2; press += 1) expect(await page(second, null, pressed)).toMatchObject({ status: 200 });
    expect((await erasure(id)).state).toBe('taken-back');
    await erase(person);
    const third = await letterLink(4);
    await erase(person, { immediately: true });
    const late = await page(third, null, {});
    expect([late.status >= 400, late.html.includes('taken back already')]).toEqual([true, false]);
    await done(id);
    expect((await page(third, null, {})).status).toBeGreaterThanOrEqual(400);
  });

  test('show an admin what waits, say that the first wish counts, and take it back', async () => {
    const person = await forum.member('led-back');
    const path = `/admin/members/${person.member.id}/erasure`;
    const { to } = await page(path, admin, { comments: 'keep', sure: '1' });
    const [, id = ''] = /\/erasures\/([0-9a-f-]{36})/.exec(to) ?? [];
    expect((await page(`/erasures/${id}`, admin)).html).toContain(`href="${path}"`);
    const action = `action="/settings/data/erasure/${id}/back"`;
    expect((await page('/admin/members?q=led-back', admin)).html).toContain(action);
    const other = await page(path, admin, { comments: 'remove' });
    expect(other.status).toBe(409);
    for (const words of ['what was chosen then counts', 'They stay, without the name', action])
      expect(other.html).toContain(words);
    const back = await page(`/settings/data/erasure/${id}/back`, admin, { back: path });
    expect(back).toMatchObject({ status: 303, to: expect.stringContaining(`${path}?done=memberStays`) });
    expect((await page('/admin/members?q=led-back', admin)).html).not.toContain(action);
  });

  test('tell an admin how many comments of somebody without an account would go, and erase them then alone', async () => {
    const post = await forum.publish(admin);
    const ids = [newId(), newId()];
    for (const [at, commentId] of ids.entries()) {
      const author = { displayName: 'Paged Import', email: null, url: null };
      const source = { kind: at === 0 ? 'disqus' : 'wordpress', site: 'blog', id: commentId } as const;
      const wish = { commentId, postId: post.id, parentId: null, body: 'Old words', author, source };
      const meta = { commandId: newId(), actor: 'import:x', now: new Date().toISOString(), correlationId: newId() };
      const command = new ImportComment({ ...wish, held: false, keepsPlace: false }, { ...meta, causationId: null });
      await forum.forum.app.get(CommandBus).execute(command);
    }
    const link = `/admin/erasures?comment=${ids[0]}`;
    expect((await page(`/moderation/cases/${ids[0]}`, admin)).html).toContain(`href="${link}"`);
    expect((await page(`/moderation/cases/${ids[0]}`, moderator)).html).not.toContain(link);
    expect((await page(link, admin)).html).toContain('value="Paged Import"');
    const counted = await page('/admin/erasures', admin, { name: 'Paged Import' });
    for (const words of [
      '2 comments would be erased',
      'What goes',
      'What stays, and why',
      'every word of these comments',
    ])
      expect(counted.html).toContain(words);
    const shown = async () => (await forum.thread(post.id)).items.map(({ status }) => status).sort();
    expect(await shown()).toEqual(['visible', 'visible']);
    expect((await page('/admin/erasures', admin, { name: 'x', email: 'x@example.org', sure: '1' })).status).toBe(400);
    const { to } = await page('/admin/erasures', admin, { name: 'Paged Import', source: 'disqus', sure: '1' });
    await done(/\/erasures\/([0-9a-f-]{36})/.exec(to)?.[1] ?? '');
    expect(await shown()).toEqual(['erased', 'visible']);
  });

  test('let an admin erase a member, and a moderator purge a text', async () => {
    const person = await forum.member('led-out');
    const path = `/admin/members/${person.member.id}/erasure`;
    expect((await page(path, admin)).html).toContain('Erase @led-out');
    expect(await page(path, admin, {})).toMatchObject({ status: 400 });
    const first = await page(path, admin, { comments: 'keep', immediately: '1' });
    expect(first).toMatchObject({ status: 200, to: '' });
    for (const words of ['Nothing of', 'What stays, and why', 'They stay, without the name', 'It begins at once'])
      expect(first.html).toContain(words);
    expect(first.html).toContain('a backup from before has it as long as that backup is kept');
    expect((await forum.done<TestMember['member']>('GET', '/api/v1/members/me', { token: person.token })).handle).toBe(
      'led-out',
    );
    const sure = Object.fromEntries(
      [...first.html.matchAll(/<input type="hidden" name="(\w+)" value="(\w*)"/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    expect(sure).toMatchObject({ comments: 'keep', immediately: '1', sure: '1' });
    expect(await page(path, admin, sure)).toMatchObject({ status: 303 });
    const comment = await forum.comment(admin, (await forum.publish(admin)).id);
    const purge = `/moderation/cases/${comment.id}/purge`;
    expect((await page(`/moderation/cases/${comment.id}`, moderator)).html).toContain('Purge for good');
    expect(await page(purge, moderator, { reason: 'A number' })).toMatchObject({ status: 303 });
    const earlier = /Earlier decisions<\/h3>([\s\S]*?)<\/section>/;
    const { html } = await page(`/moderation/cases/${comment.id}`, moderator);
    expect(earlier.exec(html)?.[1]).toMatch(/text purged[\s\S]*href="\/moderation\/members\/[\s\S]*A number/);
    expect(await forum.done('GET', `/api/v1/comments/${comment.id}`)).toMatchObject({ status: 'erased' });
  });
});
