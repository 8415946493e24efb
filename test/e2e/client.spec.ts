import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccountClient,
  AdminClient,
  AuditClient,
  ColloquyClient,
  ColloquyProblem,
  type Comment,
  ErasureClient,
  ImagesClient,
  MarksClient,
  ModerationClient,
  NotificationsClient,
  PostDraftsClient,
  ShelfClient,
  TranslationsClient,
} from '../../libs/client/index.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { INBOUND_SECRET, signatureOf } from '../support/inbound-mail.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { drawn } from '../support/pictures.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { SoftAuthenticator } from '../support/soft-authenticator.ts';
import { codeOf } from '../support/two-factors.ts';

let forum: RunningForum;

beforeAll(async () => {
  forum = await startForum({ env: { HOST: 'localhost', EMBED_ORIGINS: 'https://blog.example', INBOUND_SECRET } });
});
afterAll(() => forum.close());

/** Every call about one's data, by the founder and by a member who goes. */
async function beForgotten(founder: ColloquyClient, postId: string): Promise<void> {
  const goes = await forum.member('client-goes');
  const own = new ErasureClient(founder.http);
  expect((await own.ownData()).headers.get('content-type')).toBe('application/zip');
  const { erasureId } = await own.eraseMember(goes.member.id, { comments: 'keep' });
  const theirs = new ColloquyClient({ baseUrl: forum.url, fetch: noted, token: goes.token });
  const wish = { comments: 'keep', password: PASSWORD } as const;
  expect(await new ErasureClient(theirs.http).eraseMe(wish)).toEqual({ erasureId });
  expect(await own.erasure(erasureId)).toMatchObject({ id: erasureId, state: 'waiting' });
  await own.takeBackErasure(erasureId);
  expect(await own.eraseImported({ name: 'Nobody' })).toMatchObject({ erasureId: expect.any(String) });
  const { id } = await forum.comment(goes, postId);
  expect(await own.purgeComment(id, { reason: 'A number' })).toMatchObject({ id, status: 'erased' });
}

/** What is described for people and programs, and has no place in a client. */
const NOT_CALLED = new Set(['GET /api/v1/openapi.json', 'GET /api/v1/docs']);

/** Every call of the moderators' side, by the founder, on what other members write. */
async function moderate(founder: ColloquyClient, postId: string): Promise<void> {
  const moderation = new ModerationClient(founder.http);
  const writer = await forum.member('client-writer');
  const other = await forum.member('client-moderator');
  await founder.setRoles(other.member.id, ['moderator']);
  const comments = [await forum.comment(writer, postId), await forum.comment(writer, postId)];
  const [first] = comments;
  if (!first) throw new Error('no comment');
  expect(await moderation.report(first.id, { reason: 'spam' })).toMatchObject({ commentId: first.id });
  expect((await moderation.queue({ list: 'reported' })).items).toMatchObject([{ comment: { id: first.id } }]);
  expect(await moderation.case(first.id)).toMatchObject({ comment: { id: first.id } });
  expect(await moderation.claim(first.id)).toMatchObject({ by: { handle: 'founder' } });
  await moderation.release(first.id);
  const { decision } = await moderation.decide(first.id, { action: 'remove', revision: first.revision });
  expect(await moderation.decision(decision.id)).toMatchObject({ id: decision.id, policyVersion: 0 });
  expect(await moderation.undo(decision.id)).toMatchObject({ decision: { undoes: decision.id } });
  const items = comments.slice(1).map(({ id: commentId, revision }) => ({ commentId, revision }));
  const bulk = await moderation.decideAll({ items, action: 'hold' });
  expect((await moderation.undoAll(bulk.bulkId)).results).toMatchObject([{ problem: null }]);

  const policy = await moderation.policy();
  expect(await moderation.rehearse({ policy: { rules: policy.rules } })).toMatchObject({ changed: 0 });
  expect(await moderation.setPolicy({ version: policy.version, rules: policy.rules })).toMatchObject({ version: 1 });
  expect(await moderation.policyVersions()).toHaveLength(2);
  expect((await moderation.log({ kind: 'decision', limit: 1 })).items).toMatchObject([{ kind: 'decision' }]);
  expect(await moderation.numbers()).toMatchObject({ reports: 1 });
  await expect(moderation.publicLog()).rejects.toMatchObject({ code: 'not_found' });

  const memberId = writer.member.id;
  expect(await moderation.record(memberId)).toMatchObject({ reportsReceived: 1 });
  expect((await moderation.commentsBy(memberId, { status: 'visible' })).items).toHaveLength(2);
  expect(await moderation.note(memberId, 'A note')).toMatchObject([{ text: 'A note' }]);
  expect(await moderation.notes(memberId)).toHaveLength(1);
  await moderation.sanction(memberId, { kind: 'warning', reason: 'spam' });
  const own = new ModerationClient(new ColloquyClient({ baseUrl: forum.url, token: writer.token, fetch: noted }).http);
  const [warning] = await own.ownSanctions();
  if (!warning) throw new Error('no warning');
  expect(await own.appeal(warning.id, 'Why?')).toMatchObject({ appeal: { text: 'Why?' } });
  await own.acknowledge(warning.id);
  expect(await moderation.appeals()).toMatchObject([{ memberId }]);
  const ban = await moderation.sanction(memberId, { kind: 'ban', reason: 'spam' });
  expect(
    await moderation.appealBan({ login: 'client-writer', password: 'correct horse battery', text: 'No' }),
  ).toMatchObject({ id: ban.id });
  const judge = new ModerationClient(new ColloquyClient({ baseUrl: forum.url, token: other.token, fetch: noted }).http);
  expect(await judge.decideAppeal(warning.id, { outcome: 'refused', answer: 'Because' })).toMatchObject({ memberId });
  await moderation.lift(memberId, 'ban');
}

/** Every call about what members are told of. */
async function beTold(founder: ColloquyClient, postId: string): Promise<void> {
  const { member, token } = await forum.member('client-told');
  const told = new NotificationsClient(new ColloquyClient({ baseUrl: forum.url, token, fetch: noted }).http);
  expect(await told.follow(postId)).toEqual({ postId, following: true, muted: false });
  const { comment: said } = await founder.postComment(postId, { body: 'Told to whoever follows.' });
  const { items, unread } = await told.notifications({ filter: 'unread' });
  expect([items.map(({ kind, comment }) => [kind, comment?.id]), unread]).toEqual([[['followed', said.id]], 1]);
  expect(await told.markRead(items[0]?.position ?? '')).toEqual({ unread: 0 });
  expect(await told.mute(postId)).toEqual({ postId, following: true, muted: true });
  expect(await told.unmute(postId)).toEqual({ postId, following: true, muted: false });
  expect(await told.unfollow(postId)).toEqual({ postId, following: false, muted: false });
  const author = (await founder.me()).id;
  await told.ignore(author);
  expect((await told.ignores()).items.map(({ memberId }) => memberId)).toEqual([author]);
  await told.heed(author);
  expect([await told.follows(), await told.mutes()].map(({ items }) => items)).toEqual([[], []]);
  const chosen = await told.choose({ ways: { followed: ['weekly'] }, quietHours: { from: '22:00', to: '06:30' } });
  expect(chosen.ways.followed).toEqual(['weekly']);
  expect(await told.preferences()).toEqual(chosen);
  const added = await told.addPushDevice(new PushTestDevice('https://push.example/send/a').wish);
  expect(await told.pushDevices()).toEqual({ publicKey: expect.stringMatching(/^B[\w-]{86}$/), devices: [added] });
  await told.removePushDevice(added.id);
  expect((await told.pushDevices()).devices).toEqual([]);
  const raw = Buffer.from('From: somebody@example.org\r\n\r\nA mail');
  const delivery = { raw, signature: signatureOf(raw) };
  expect(await told.deliverMail(delivery)).toEqual({ outcome: 'ignored', commentId: null, reason: 'unaddressed' });
  expect(member.handle).toBe('client-told');
}

/** Every call about what makes comments stand out. */
async function mark(founder: ColloquyClient, postId: string): Promise<void> {
  const marks = new MarksClient(founder.http);
  const { comment } = await founder.postComment(postId, { body: 'An answer.' });
  expect(await founder.setLanguage(comment.id, 'th')).toMatchObject({ language: 'th' });
  expect(await marks.ask(postId)).toMatchObject({ asks: true });
  expect(await marks.accept(comment.id)).toMatchObject({ id: comment.id, accepted: true });
  expect(await marks.feature(comment.id)).toMatchObject({ accepted: true, featured: true });
  expect((await founder.comments(postId, { only: 'featured' })).items).toMatchObject([{ id: comment.id }]);
  expect(await marks.unfeature(comment.id)).not.toHaveProperty('featured');
  expect(await marks.takeBackAcceptance(comment.id)).not.toHaveProperty('accepted');
  expect(await marks.askNoMore(postId)).not.toHaveProperty('asks');
}

/** Every call about what others wrote, in other languages. */
async function translate(founder: ColloquyClient, postId: string): Promise<void> {
  const translations = new TranslationsClient(founder.http);
  const { comment } = await founder.postComment(postId, { body: 'Xin chào' });
  const { sourceRevision } = await translations.ofComment(comment.id);
  const wish = { language: 'en', body: 'Hello', sourceRevision } as const;
  const { translation } = await translations.translateComment(comment.id, wish);
  expect(await translations.ofComment(comment.id)).toEqual({ sourceRevision, items: [translation], unopened: [] });
  await translations.takeBack(translation?.id ?? '', { revision: 0 });
  const post = await translations.ofPost(postId);
  const written = await translations.translatePost(postId, {
    ...wish,
    language: 'th',
    title: 'A post',
    sourceRevision: post.sourceRevision,
  });
  const id = written.translation?.id ?? '';
  await expect(translations.report(id, { reason: 'spam' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(translations.dismiss(id, { revision: 0 })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await translations.reported()).toEqual({ items: [], total: 0 });
  await translations.remove(id, { reason: 'other' });
  expect(await translations.ofPost(postId)).toEqual(post);
}

/** Every call about what editors write before readers see it. */
async function write(founder: ColloquyClient): Promise<void> {
  const drafts = new PostDraftsClient(founder.http);
  const postId = newId();
  const draft = await drafts.keep(postId, { title: 'Half a thou' });
  expect(await drafts.keep(postId, { title: 'Half a thought', over: draft.position })).toMatchObject({ postId });
  await expect(drafts.keep(postId, { title: 'Other', over: draft.position })).rejects.toMatchObject({
    code: 'stale_revision',
  });
  const kept = await drafts.get(postId);
  expect(kept).toMatchObject({ title: 'Half a thought', body: '' });
  expect(await drafts.list()).toMatchObject({ items: [{ title: 'Half a thought' }], next: null });
  expect(await drafts.preview('*New*')).toEqual({ bodyHtml: '<p><em>New</em></p>\n' });
  const link = await drafts.share(postId, { days: 1 });
  expect(await drafts.previewLinks(postId)).toEqual([link]);
  await drafts.unshare(link.id);
  expect(await drafts.previewLinks(postId)).toEqual([]);
  await drafts.drop(postId, kept.position);
  expect(await drafts.list()).toEqual({ items: [], next: null });
  const today = new Date().toISOString().slice(0, 10);
  const issue = await drafts.fromPeriod({ from: today, to: today });
  expect(issue).toMatchObject({ kind: 'newsletter' });
  await drafts.drop(issue.postId, issue.position);
}

/** Every call about what a member keeps for itself. */
async function shelve(founder: ColloquyClient, postId: string): Promise<void> {
  const { token } = await forum.member('client-shelving');
  const shelf = new ShelfClient(new ColloquyClient({ baseUrl: forum.url, token, fetch: noted }).http);
  const { comment } = await founder.postComment(postId, { body: 'To be found again.' });
  const spot = { postId, parentId: comment.id };
  const draft = await shelf.keepDraft({ ...spot, body: 'Half a thou' });
  expect(await shelf.keepDraft({ ...spot, body: 'Half a thought', over: draft.position })).toMatchObject(spot);
  await expect(shelf.keepDraft({ ...spot, body: 'Other', over: draft.position })).rejects.toMatchObject({
    code: 'stale_revision',
  });
  expect(await shelf.drafts({ postId })).toMatchObject({ items: [{ body: 'Half a thought', state: 'open' }] });
  await shelf.dropDraft(spot);
  expect(await shelf.drafts()).toEqual({ items: [], next: null });
  expect(await shelf.bookmarkComment(comment.id)).toMatchObject({ comment: { id: comment.id } });
  expect(await shelf.bookmarkPost(postId)).toMatchObject({ postId, commentId: null });
  expect((await shelf.bookmarks({ limit: 1 })).items).toMatchObject([{ commentId: null }]);
  await shelf.unmarkComment(comment.id);
  await shelf.unmarkPost(postId);
  await shelf.readOn(postId, { position: comment.position });
  expect((await shelf.bookmarks()).items).toEqual([]);
}

/** Every call about the images that a member brings. */
async function bring(founder: ColloquyClient): Promise<void> {
  const images = new ImagesClient(founder.http);
  const wish = { file: new Blob([await drawn(30, 20).png().toBuffer()]), alt: 'A house', key: newId() };
  const image = await images.bring(wish);
  expect(image).toMatchObject({ width: 30, height: 20, address: `/images/${image.id}-1600.jpg#30x20` });
  expect(await images.bring(wish)).toEqual(image);
  await images.remove(image.id);
}

/** Every call about how a member signs in. */
async function guard(founder: ColloquyClient): Promise<void> {
  const { member, token } = await forum.member('client-guarded');
  const client = new ColloquyClient({ baseUrl: forum.url, token, fetch: noted });
  const account = new AccountClient(client.http);
  const { secret } = await account.offerSecondFactor();
  expect((await account.confirmSecondFactor(codeOf(secret, -1))).recoveryCodes).toHaveLength(10);
  await account.turnOffSecondFactor(codeOf(secret));
  await new AccountClient(founder.http).turnOffSecondFactorOf(member.id);
  const authenticator = new SoftAuthenticator(forum.url);
  const { id } = await account.addPasskey({ passkey: authenticator.create(await account.passkeyCreation()) });
  const session = await account.signInWithPasskey(authenticator.get(await account.passkeyRequest()));
  expect(session.member.id).toBe(member.id);
  const { items } = await account.sessions();
  expect(items.map(({ current }) => current)).toEqual([true, false]);
  await account.endSession(items[1]?.id ?? '');
  await account.endOtherSessions();
  await account.removePasskey(id);
  await new AccountClient(founder.http).endSessionsOf(member.id);
}

/** Every call about the links of mails, by a member who forgot the password. */
async function forget(): Promise<void> {
  const { member, token } = await forum.member('client-forgetful');
  const account = new AccountClient(new ColloquyClient({ baseUrl: forum.url, token, fetch: noted }).http);
  const email = 'client-forgetful@example.org';
  await account.askConfirmation();
  expect(await account.claimableComments()).toEqual({ items: [] });
  expect(await account.claimComments()).toEqual({ claimed: 0 });
  await account.askPasswordReset({ email });
  await account.askSignInLink({ email, next: '/archive' });
  const session = await account.signInWithLink({ link: await mailedLink(forum, 'sign-in', member.id) });
  expect(session.member.id).toBe(member.id);
  expect(account.http.token).toBe(session.token);
  await account.resetPassword(await mailedLink(forum, 'reset', member.id), 'quite another password');
  await expect(account.sessions()).rejects.toMatchObject({ code: 'unauthenticated' });
  await forum.signIn('client-forgetful', 'quite another password');
}

/** Every call about the settings of the forum and about who comes in. */
async function administer(founder: ColloquyClient): Promise<void> {
  const admin = new AdminClient(founder.http);
  expect(await founder.counts(['https://blog.example/a', 'x'])).toEqual({
    counts: { 'https://blog.example/a': 0, x: 0 },
  });
  expect((await founder.recentComments({ limit: 1 })).items).toHaveLength(1);
  expect(await founder.search({ q: 'nothing-like-this', in: ['posts', 'comments'] })).toEqual({
    items: [],
    next: null,
  });
  expect(await founder.page({ url: 'https://blog.example/a?utm_source=b' })).toMatchObject({ kind: 'page' });
  expect(await admin.changeSite({ tagline: 'Along the river', registration: 'approval' })).toMatchObject({
    fixed: [{ field: 'embedOrigins' }],
  });
  expect(await admin.pageMoves({ pageAliases: [] })).toMatchObject({ joining: 0, joins: [] });
  expect(await founder.site()).toMatchObject({ tagline: 'Along the river', registration: 'approval' });
  const newcomer = new ColloquyClient({ baseUrl: forum.url, fetch: noted });
  const fields = { displayName: 'N', password: 'correct horse' };
  const waiting = await newcomer.register({ ...fields, handle: 'client-waiting', email: 'waiting@example.org' });
  expect(waiting.state).toBe('waiting');
  expect((await admin.members({ state: 'waiting', limit: 5 })).items).toMatchObject([
    { id: waiting.id, email: 'waiting@example.org' },
  ]);
  expect(await admin.setMembership(waiting.id, { state: 'active' })).toMatchObject({ handle: 'client-waiting' });
  expect((await admin.members({ state: 'waiting' })).items).toEqual([]);

  const { invitation, token } = await admin.invite({ roles: ['editor'], note: 'For Anna' });
  expect((await admin.invitations({ limit: 1 })).items).toEqual([invitation]);
  const invited = { ...fields, handle: 'client-invited', email: 'invited@example.org', invitation: token };
  expect(await newcomer.register(invited)).toMatchObject({ state: 'active', roles: ['member', 'editor'] });
  const spare = await admin.invite();
  await admin.withdrawInvitation(spare.invitation.id);
  expect((await admin.invitations()).items.map(({ state }) => state)).toEqual(['withdrawn', 'used']);
  await admin.changeSite({ registration: 'open', newsletter: true });
  await new AccountClient(founder.http).subscribe({ email: 'reader@example.org', locale: 'th' });
}

/** What the forum answers once its index is built, which the first question begins, and it compares no view by itself. */
async function settled<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ColloquyProblem) || !['not_caught_up', 'conflict'].includes(error.code)) throw error;
    }
  }
}

/** Every call of the auditors' side, and of those who check, about a comment of the founder's. */
async function auditAll(founder: ColloquyClient, { id, position }: Comment): Promise<void> {
  const audit = new AuditClient(founder.http);
  const { items, next } = await audit.events({ stream: `comment-${id}`, limit: 1 });
  expect({ items, next }).toMatchObject({ items: [{ type: 'CommentPosted.v1', position }], next: position });
  expect(await audit.event(position)).toEqual(items[0]);
  const lines = (await new Response(await audit.export({ type: 'CommentPosted' })).text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).type)).toEqual([
    'CommentPosted.v1',
    'CommentPosted.v1',
    'CommentPosted.v1',
  ]);
  expect((await settled(() => audit.looks({ kind: 'export' }))).items).toMatchObject([{ by: { handle: 'founder' } }]);
  expect((await settled(() => audit.days())).length).toBeGreaterThan(0);

  const views = await audit.views();
  expect(views.map(({ name }) => name)).toContain('thread');
  expect(await settled(() => audit.verifyView('members'))).toMatchObject({ name: 'members', equal: true });

  const { index, size, checkpoint } = await audit.inclusion(position);
  expect(index).toBe(Number(position) - 1);
  const [origin = ''] = checkpoint.split('\n');
  expect(await audit.key()).toContain(`${origin}+`);
  expect((await audit.keys()).items).toMatchObject([{ key: (await audit.key()).trim(), note: null }]);
  expect((await audit.checkpoint()).startsWith(`${origin}\n`)).toBe(true);
  expect((await audit.checkpoints()).items.every(({ checkpoint: kept }) => kept.startsWith(`${origin}\n`))).toBe(true);
  expect(await audit.consistency(1, size)).toMatchObject({ from: 1, to: size });
  expect(new TextDecoder().decode(await audit.tiled('checkpoint'))).toContain(origin);
  expect((await audit.tiled('tile/0/000.p/1')).length).toBe(32);
  expect(await audit.receipt(id, 0)).toContain('c2sp.org/tlog-proof@v1');
}

/** What was asked for, by any of the clients. */
const called: string[] = [];
const noted: typeof fetch = (input, init) => {
  called.push(`${init?.method} ${new URL(String(input)).pathname}`);
  return fetch(input, init);
};

describe('the client', () => {
  it('has a method for every route of the API, and each one understands the forum’s answer', async () => {
    const client = new ColloquyClient({ baseUrl: forum.url, fetch: noted });
    const registered = await client.register({
      handle: 'founder',
      displayName: 'F',
      email: 'f@example.org',
      password: 'correct horse',
    });
    const session = await client.signIn({ login: 'founder', password: 'correct horse' });
    expect(session.member).toEqual(registered);
    expect(await client.me()).toEqual(registered);
    expect(await client.changeMe({ displayName: 'The founder' })).toMatchObject({
      id: registered.id,
      displayName: 'The founder',
    });
    expect(await client.setRoles(registered.id, ['admin', 'editor', 'moderator'])).toMatchObject({
      roles: expect.arrayContaining(['editor']),
    });
    expect(await client.member('founder')).toMatchObject({ displayName: 'The founder', commentCount: 0 });

    const post = await client.publish({ title: 'A post', body: 'Text.', tags: ['tag'] });
    expect(await client.post(post.slug)).toEqual(post);
    expect(await client.editPost(post.id, { title: 'Another title' })).toMatchObject({
      id: post.id,
      title: 'Another title',
    });
    expect((await client.posts({ tag: 'tag', limit: 1 })).items).toMatchObject([
      { id: post.id, title: 'Another title' },
    ]);
    expect(await client.archive()).toEqual([{ month: post.publishedAt.slice(0, 7), count: 1 }]);
    expect(await client.setDiscussion(post.id, { slowModeSeconds: 60 })).toMatchObject({ slowModeSeconds: 60 });
    expect(await client.setDiscussion(post.id, { state: 'open', slowModeSeconds: 0 })).toMatchObject({ state: 'open' });

    const id = newId();
    const { comment, position } = await client.postComment(post.id, { id, body: 'First.' });
    expect(comment).toMatchObject({ id, body: 'First.', position });
    expect(await client.preview('*First*')).toEqual({ bodyHtml: expect.stringContaining('<em>First</em>') });
    expect(await client.comment(id)).toEqual(comment);
    expect(await client.comments(post.id, { sort: 'newest' })).toMatchObject({
      total: 1,
      items: [comment],
      next: null,
    });
    const edited = await client.editComment(id, { body: 'Second.', revision: comment.revision });
    await expect(client.editComment(id, { body: 'Third.', revision: comment.revision })).rejects.toMatchObject({
      code: 'stale_revision',
      status: 409,
    });
    expect(await client.react(id, 'like')).toEqual({ ...edited, reactions: { like: 1 } });
    expect(await client.unreact(id, 'like')).toEqual(edited);
    expect(await client.history(id)).toMatchObject([
      { kind: 'posted', body: 'First.' },
      { kind: 'edited', body: 'Second.' },
    ]);
    expect(await client.diff(id, { from: 0, to: 1 })).toMatchObject({ from: 0, to: 1 });
    expect(await client.activity(post.id)).toMatchObject({ position: expect.any(String) });
    expect(await client.changes(post.id, { after: '0' })).toMatchObject({ items: [{ kind: 'new' }] });
    await guard(client);
    await forget();
    await administer(client);
    await moderate(client, post.id);
    await auditAll(client, comment);
    await beTold(client, post.id);
    await shelve(client, post.id);
    await write(client);
    await bring(client);
    await mark(client, post.id);
    await translate(client, post.id);
    await beForgotten(client, post.id);
    const issue = await client.publish({ title: 'The month', body: 'b', kind: 'newsletter' });
    expect(await client.issue(issue.id)).toMatchObject({ state: 'unsent', sent: 0 });
    expect(await client.actOnIssue(issue.id, { do: 'send' })).toMatchObject({ readers: 0 });
    expect(await client.removeComment(id)).toMatchObject({ id, status: 'removed' });
    expect(await client.withdrawPost(post.id)).toMatchObject({ id: post.id, status: 'withdrawn' });
    expect(await client.bringBackPost(post.id)).toMatchObject({ id: post.id, status: 'published' });
    await client.signOut();
    await expect(client.me()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });

    const routes = Object.keys(PERMISSIONS).filter((name) => name.includes(' /api/v1/') && !NOT_CALLED.has(name));
    const isCalled = (route: string): boolean => {
      const pattern = new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+').replace('*', '.+')}$`);
      return called.some((call) => pattern.test(call));
    };
    expect(routes.filter((route) => !isCalled(route))).toEqual([]);
  });
});
