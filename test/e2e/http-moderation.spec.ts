import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  AuthorRecord,
  BulkAnswer,
  Comment,
  DecisionAnswer,
  FrozenDecision,
  PolicyVersion,
  Post,
  QueueItem,
  Sanction,
} from '../../libs/client/index.ts';
import type { TestMember } from '../../libs/testing/forum-caller.ts';
import { type RunningForum, startForum } from '../../libs/testing/running-forum.ts';

jest.setTimeout(60_000);

let forum: RunningForum;
let moderator: TestMember;
let other: TestMember;
let writer: TestMember;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  moderator = await forum.member('the-moderator', ['moderator']);
  other = await forum.member('other-moderator', ['moderator']);
  writer = await forum.member('writer');
  reader = await forum.member('reader');
  post = await forum.publish(await forum.admin());
});
afterAll(() => forum.close());

const report = (comment: Comment, by = reader, reason = 'spam') =>
  forum.call('POST', `/api/v1/comments/${comment.id}/reports`, { token: by.token, body: { reason, note: 'Look' } });
const rule = (comment: Pick<Comment, 'id' | 'revision'>, action: string, by = moderator, more: object = {}) =>
  forum.call('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: by.token,
    body: { action, revision: comment.revision, ...more },
  });
const decided = (comment: Pick<Comment, 'id' | 'revision'>, action: string, by = moderator, more: object = {}) =>
  forum.done<DecisionAnswer>('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: by.token,
    body: { action, revision: comment.revision, ...more },
  });
const queue = (list: string, by = moderator) =>
  forum.done<{ items: QueueItem[]; counts: Record<string, number>; next: string | null }>(
    'GET',
    `/api/v1/moderation/queue?list=${list}&limit=100`,
    { token: by.token },
  );
const inQueue = async (list: string, comment: Comment) =>
  (await queue(list)).items.find((item) => item.comment.id === comment.id);
const problem = (code: string) => ({ body: expect.objectContaining({ code }) });

describe('a report', () => {
  it('brings the comment before the moderators, with its author and what is around it', async () => {
    const parent = await forum.comment(reader, post.id, { body: 'The question' });
    const comment = await forum.comment(writer, post.id, { body: 'The answer', parentId: parent.id });
    expect(await report(comment)).toMatchObject({ status: 201, body: { commentId: comment.id, reason: 'spam' } });
    expect(await report(comment)).toMatchObject({ status: 201 });
    expect(await inQueue('reported', comment)).toEqual({
      list: 'reported',
      score: 500,
      since: expect.any(String),
      comment: expect.objectContaining({ id: comment.id, body: 'The answer', status: 'visible' }),
      post: { id: post.id, slug: post.slug, title: post.title },
      parent: expect.objectContaining({ id: parent.id, body: 'The question' }),
      reports: [
        {
          by: expect.objectContaining({ handle: 'reader' }),
          reason: 'spam',
          note: 'Look',
          at: expect.any(String),
          revision: 0,
          outcome: 'open',
          weight: 0.5,
        },
      ],
      findings: [],
      reasons: [],
      policyVersion: null,
      author: expect.objectContaining({ reportsReceived: 1, reportsMade: { total: 0, upheld: 0, dismissed: 0 } }),
      claim: null,
    });
  });

  it('is refused for what is not there, for ones own, and with an unknown reason', async () => {
    const comment = await forum.comment(writer, post.id);
    expect(await report({ ...comment, id: post.id })).toMatchObject({ status: 404, ...problem('comment_not_found') });
    expect(await report(comment, writer)).toMatchObject({ status: 403, ...problem('forbidden') });
    expect(await report(comment, reader, 'boring')).toMatchObject({ status: 400, ...problem('invalid') });
  });
});

describe('a decision', () => {
  it('is made once: who comes second is told who was first, and what', async () => {
    const comment = await forum.comment(writer, post.id);
    await report(comment);
    const answer = await decided(comment, 'remove', moderator, { reason: 'spam', note: 'Again' });
    expect(answer.comment).toMatchObject({ id: comment.id, status: 'removed' });
    expect(answer.decision).toMatchObject({
      action: 'remove',
      from: 'visible',
      to: 'removed',
      reason: 'spam',
      note: 'Again',
      by: expect.objectContaining({ handle: 'the-moderator' }),
      undone: false,
    });
    const second = await rule(comment, 'approve', other);
    expect(second).toMatchObject({ status: 409, ...problem('already_decided') });
    expect(second.body).toMatchObject({
      decision: { id: answer.decision.id, action: 'remove', by: { handle: 'the-moderator' } },
    });
    const seen = await forum.thread(post.id);
    expect(seen.items.find(({ id }) => id === comment.id)).toMatchObject({
      status: 'removed',
      body: null,
      author: null,
    });
  });

  it('is taken back whole, report and reporter included', async () => {
    const comment = await forum.comment(writer, post.id);
    await report(comment);
    const before = await inQueue('reported', comment);
    const { decision } = await decided(comment, 'reject');
    expect(await inQueue('rejected', comment)).toMatchObject({ reports: [{ outcome: 'upheld' }] });
    const undone = await forum.done<DecisionAnswer>('POST', `/api/v1/moderation/decisions/${decision.id}/undo`, {
      token: other.token,
      body: {},
    });
    expect(undone.decision).toMatchObject({ action: 'restore', from: 'rejected', to: 'visible', undoes: decision.id });
    const after = await inQueue('reported', comment);
    expect(after).toEqual({ ...before, comment: { ...before?.comment, revision: 2, position: expect.any(String) } });
  });

  it('keeps what was on the screen, with the texts as they were then', async () => {
    const parent = await forum.comment(reader, post.id, { body: 'Before' });
    const comment = await forum.comment(writer, post.id, { body: 'Insult', parentId: parent.id });
    await report(comment, reader, 'abuse');
    const { decision } = await decided(comment, 'hold');
    await forum.done('PATCH', `/api/v1/comments/${parent.id}`, {
      token: reader.token,
      body: { body: 'After', revision: parent.revision },
    });
    const frozen = await forum.done<FrozenDecision>('GET', `/api/v1/moderation/decisions/${decision.id}`, {
      token: other.token,
    });
    expect(frozen.reports).toEqual([
      expect.objectContaining({ reason: 'abuse', note: 'Look', by: expect.objectContaining({ handle: 'reader' }) }),
    ]);
    expect(frozen.surroundings.map(({ commentId, body }) => [commentId, body])).toEqual(
      expect.arrayContaining([
        [parent.id, 'Before'],
        [comment.id, 'Insult'],
      ]),
    );
    expect(frozen.policyVersion).toBe(0);
  });

  it('on many: each on its own, and taken back in one stroke', async () => {
    const comments = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
    const own = await forum.comment(moderator, post.id);
    const items = [...comments, own].map(({ id: commentId, revision }) => ({ commentId, revision }));
    const body = { items, action: 'remove', reason: 'off-topic' };
    const bulk = await forum.done<BulkAnswer>('POST', '/api/v1/moderation/decisions', { token: moderator.token, body });
    expect(bulk.results.map(({ decision, problem: refused }) => [decision?.to ?? null, refused?.code ?? null])).toEqual(
      [
        ['removed', null],
        ['removed', null],
        [null, 'forbidden'],
      ],
    );
    const undone = await forum.done<BulkAnswer>('POST', `/api/v1/moderation/bulk/${bulk.bulkId}/undo`, {
      token: moderator.token,
      body: {},
    });
    expect(undone.results.map(({ decision }) => decision?.to)).toEqual(['visible', 'visible']);
  });

  it('is refused for unknown comments, ones own, stale revisions and unknown actions', async () => {
    const comment = await forum.comment(writer, post.id);
    const own = await forum.comment(moderator, post.id);
    expect(await rule({ ...comment, id: post.id }, 'remove')).toMatchObject({
      status: 404,
      ...problem('comment_not_found'),
    });
    expect(await rule(own, 'approve')).toMatchObject({ status: 403, ...problem('forbidden') });
    expect(await rule({ ...comment, revision: 7 }, 'remove')).toMatchObject({
      status: 409,
      ...problem('stale_revision'),
    });
    expect(await rule(comment, 'ignore')).toMatchObject({ status: 400, ...problem('invalid') });
  });
});

describe('the policy', () => {
  const policy = () => forum.done<PolicyVersion>('GET', '/api/v1/moderation/policy', { token: moderator.token });
  const set = (body: object, by = moderator) =>
    forum.call('PUT', '/api/v1/moderation/policy', { token: by.token, body });
  const withBanned = (version: PolicyVersion, words: readonly string[]) =>
    version.rules.map((one) =>
      'words' in one && Reflect.get(one, 'rule') === 'banned-words' ? { ...one, words, measure: 'hold' } : one,
    );

  it('holds what it catches; its author sees it so, readers see nothing, moderators see why', async () => {
    const first = await policy();
    expect(first).toMatchObject({ version: 0, setBy: null });
    const rules = withBanned(first, ['casino']);
    expect(await set({ version: 0, rules, note: 'Enough' })).toMatchObject({
      status: 200,
      body: { version: 1, note: 'Enough', setBy: { handle: 'the-moderator' } },
    });
    expect(await set({ version: 0, rules }, other)).toMatchObject({ status: 409, ...problem('stale_revision') });

    const total = (await forum.thread(post.id)).total;
    const held = await forum.comment(writer, post.id, { body: 'The best C4SINO' });
    expect(held).toMatchObject({ status: 'held', body: 'The best C4SINO' });
    expect((await forum.thread(post.id)).total).toBe(total);
    for (const token of [undefined, reader.token]) {
      expect(await forum.call('GET', `/api/v1/comments/${held.id}`, { token })).toMatchObject({ status: 404 });
      expect(await forum.call('GET', `/api/v1/comments/${held.id}/history`, { token })).toMatchObject({ status: 404 });
    }
    expect(await inQueue('held', held)).toMatchObject({
      findings: [{ rule: 'banned-words', matched: 'C4SINO' }],
      policyVersion: 1,
    });
    const approved = await decided(held, 'approve');
    expect(approved.comment.status).toBe('visible');
    expect((await forum.thread(post.id)).total).toBe(total + 1);

    expect(await set({ version: 1, rules: first.rules, restores: 0 })).toMatchObject({
      status: 200,
      body: { version: 2, restores: 0 },
    });
    const versions = await forum.done<PolicyVersion[]>('GET', '/api/v1/moderation/policy/versions', {
      token: moderator.token,
    });
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 0]);
  });

  it('is refused when it has no sense, with the fields that are wrong', async () => {
    const { version } = await policy();
    const answer = await set({
      version,
      rules: [{ rule: 'links', on: true, most: -1, trustedHosts: [], measure: 'hold' }],
    });
    expect(answer).toMatchObject({ status: 400, ...problem('invalid') });
    expect(await set({ version, rules: 'none' })).toMatchObject({ status: 400, ...problem('invalid') });
  });
});

describe('a sanction', () => {
  const sanction = (member: TestMember, body: object, by = moderator) =>
    forum.call('POST', `/api/v1/members/${member.member.id}/sanctions`, { token: by.token, body });
  const post_ = (by: TestMember) =>
    forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: by.token, body: { body: 'A word' } });

  it('warning: is read and confirmed before the next word', async () => {
    const member = await forum.member('warned');
    expect(await sanction(member, { kind: 'warning', reason: 'Mind your words' })).toMatchObject({
      status: 201,
      body: { kind: 'warning', reason: 'other', statement: 'Mind your words', inForce: true },
    });
    expect(await post_(member)).toMatchObject({ status: 403, ...problem('warning_open') });
    const [own] = await forum.done<Sanction[]>('GET', '/api/v1/members/me/sanctions', { token: member.token });
    expect(own).toMatchObject({ statement: 'Mind your words', by: null });
    await forum.call('POST', `/api/v1/members/me/sanctions/${own?.id}/acknowledgement`, { token: member.token });
    expect(await post_(member)).toMatchObject({ status: 201 });
  });

  it('suspension: reads but writes nothing, until its time', async () => {
    const member = await forum.member('suspended');
    const until = new Date(Date.now() + 3_000).toISOString();
    expect(await sanction(member, { kind: 'suspension', until, reason: 'spam' })).toMatchObject({ status: 201 });
    expect(await post_(member)).toMatchObject({ status: 403, ...problem('suspended') });
    expect(await forum.call('GET', '/api/v1/members/me', { token: member.token })).toMatchObject({ status: 200 });
    for (let answer = await post_(member); answer.status !== 201; answer = await post_(member)) {
      expect(answer).toMatchObject({ status: 403, ...problem('suspended') });
      expect(Date.now()).toBeLessThan(Date.parse(until) + 5_000);
    }
  });

  it('ban: ends every session at once, takes the comments with it, and can be appealed once', async () => {
    const member = await forum.member('banned');
    const comment = await forum.comment(member, post.id, { body: 'Spam' });
    const answer = await sanction(member, { kind: 'ban', reason: 'spam', removeComments: 'all' });
    expect(answer).toMatchObject({ status: 201, body: { kind: 'ban', by: { handle: 'the-moderator' } } });
    expect(await forum.call('GET', '/api/v1/members/me', { token: member.token })).toMatchObject({
      status: 403,
      ...problem('banned'),
    });
    const login = { login: 'banned', password: 'correct horse battery' };
    expect(await forum.call('POST', '/api/v1/sessions', { body: login })).toMatchObject({
      status: 403,
      ...problem('banned'),
    });
    expect(await forum.call('GET', `/api/v1/comments/${comment.id}`)).toMatchObject({
      body: { status: 'removed', body: null },
    });

    const appeal = { ...login, text: 'It was my cat' };
    const appealed = await forum.call('POST', '/api/v1/appeals', { body: appeal });
    expect(appealed).toMatchObject({ status: 201, body: { appeal: { text: 'It was my cat', outcome: 'open' } } });
    expect(await forum.call('POST', '/api/v1/appeals', { body: appeal })).toMatchObject({
      status: 409,
      ...problem('conflict'),
    });
    const appeals = await forum.done<{ memberId: string; sanction: Sanction }[]>('GET', '/api/v1/moderation/appeals', {
      token: other.token,
    });
    const open = appeals.find(({ memberId }) => memberId === member.member.id);
    const decide = (by: TestMember) =>
      forum.call('POST', `/api/v1/moderation/appeals/${open?.sanction.id}`, {
        token: by.token,
        body: { outcome: 'granted', answer: 'Cats happen' },
      });
    expect(await decide(moderator)).toMatchObject({ status: 403, ...problem('forbidden') });
    expect(await decide(other)).toMatchObject({
      status: 201,
      body: { sanction: { inForce: false, appeal: { outcome: 'granted' } } },
    });
    expect(await forum.call('POST', '/api/v1/sessions', { body: login })).toMatchObject({ status: 201 });
    expect(await forum.call('GET', '/api/v1/members/me', { token: member.token })).toMatchObject({ status: 401 });
  });

  it('pre-moderation: every comment waits', async () => {
    const member = await forum.member('watched');
    await sanction(member, { kind: 'pre-moderation', reason: 'abuse' });
    expect(await post_(member)).toMatchObject({ status: 201, body: { comment: { status: 'held' } } });
    await forum.call('DELETE', `/api/v1/members/${member.member.id}/sanctions/pre-moderation`, {
      token: moderator.token,
      body: {},
    });
    expect(await post_(member)).toMatchObject({ status: 201, body: { comment: { status: 'visible' } } });
    const record = await forum.done<AuthorRecord>('GET', `/api/v1/members/${member.member.id}/record`, {
      token: moderator.token,
    });
    expect(record).toMatchObject({
      comments: { visible: 1, held: 1 },
      sanctions: [{ kind: 'pre-moderation', inForce: false }],
    });
  });

  it('is not for those who judge', async () => {
    expect(await sanction(other, { kind: 'ban', reason: 'spam' })).toMatchObject({
      status: 403,
      ...problem('forbidden'),
    });
    expect(await sanction(writer, { kind: 'suspension', reason: 'spam' })).toMatchObject({
      status: 400,
      ...problem('invalid'),
    });
  });
});
