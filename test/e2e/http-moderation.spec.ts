import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  AuthorRecord,
  BulkAnswer,
  Comment,
  DecisionAnswer,
  FrozenDecision,
  LogEntry,
  ModerationCase,
  ModerationReport,
  PolicyVersion,
  Post,
  QueueItem,
  Rehearsal,
  Sanction,
} from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

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
      heldBy: [],
      policyVersion: null,
      author: expect.objectContaining({ reportsReceived: 1, reportsMade: { total: 0, upheld: 0, dismissed: 0 } }),
      claim: null,
    });
  });

  it('of the same text made otherwise is refused, and says what stands', async () => {
    const comment = await forum.comment(writer, post.id);
    const first = await report(comment);
    expect(await report(comment)).toMatchObject({ status: 201, body: first.body });
    const detail = expect.stringContaining('as spam with the note "Look"');
    expect(await report(comment, reader, 'illegal')).toMatchObject({ status: 409, body: { code: 'conflict', detail } });
    const { reports } = (await inQueue('reported', comment)) ?? {};
    expect(reports).toMatchObject([{ reason: 'spam', note: 'Look' }]);
    expect(await report(comment, moderator, 'illegal')).toMatchObject({ status: 201, body: { reason: 'illegal' } });
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

  it('sent twice by the same moderator is recorded once and answered the same, also at once', async () => {
    const comment = await forum.comment(writer, post.id);
    const more = { reason: 'spam', note: 'Again' };
    const first = await rule(comment, 'remove', moderator, more);
    expect(first).toMatchObject({ status: 201, body: { decision: { action: 'remove' } } });
    expect(await rule(comment, 'remove', moderator, more)).toMatchObject({ status: 201, body: first.body });
    const others = [
      await rule(comment, 'remove', other, more),
      await rule(comment, 'remove', moderator, { ...more, note: 'Other' }),
      await rule(comment, 'reject', moderator, more),
    ];
    for (const second of others) {
      const decision = { by: { handle: 'the-moderator' }, action: 'remove', note: 'Again' };
      expect(second).toMatchObject({ status: 409, body: { code: 'already_decided', decision } });
    }

    const twice = await forum.comment(writer, post.id);
    const answers = await Promise.all(Array.from({ length: 4 }, () => rule(twice, 'hold', moderator, more)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    const { decisions } = await forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${twice.id}`, {
      token: moderator.token,
    });
    expect(decisions).toHaveLength(1);
  });

  it('keeps its place in the log when it is sent again after the text was changed', async () => {
    const comment = await forum.comment(writer, post.id);
    const first = await decided(comment, 'approve');
    await forum.done('PATCH', `/api/v1/comments/${comment.id}`, {
      token: writer.token,
      body: { body: 'Changed', revision: 1 },
    });
    const again = await decided(comment, 'approve');
    expect([again.decision, again.position]).toEqual([first.decision, first.position]);
  });

  it('of two at once tells the second who was first', async () => {
    const comment = await forum.comment(writer, post.id);
    const answers = await Promise.all([rule(comment, 'remove', moderator), rule(comment, 'reject', other)]);
    const [won, lost] = answers[0].status === 201 ? answers : answers.toReversed();
    expect(won).toMatchObject({ status: 201, body: { decision: expect.anything() } });
    expect(lost).toMatchObject({ status: 409, body: { code: 'already_decided' } });
    expect(Reflect.get(Object(lost?.body), 'decision')).toEqual(Reflect.get(Object(won?.body), 'decision'));
  });

  it('that leads nowhere, where nobody has decided, is a conflict', async () => {
    const comment = await forum.comment(writer, post.id);
    const refused = await rule(comment, 'restore');
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'conflict', detail: 'This comment is visible, from where there is no restore.' },
    });
    expect(refused.body).not.toHaveProperty('decision');
    await decided(comment, 'approve');
    expect(await rule({ ...comment, revision: 1 }, 'restore')).toMatchObject({
      status: 409,
      body: { code: 'already_decided', decision: { action: 'approve' } },
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

  it('on many: each on its own, and taken back at once', async () => {
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

  it('on many, sent again, is answered as the first bulk decision was', async () => {
    const comments = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
    const items = comments.map(({ id: commentId, revision }) => ({ commentId, revision }));
    const send = (by: TestMember, more: object = {}) =>
      forum.done<BulkAnswer>('POST', '/api/v1/moderation/decisions', {
        token: by.token,
        body: { items, action: 'remove', reason: 'off-topic', ...more },
      });
    const first = await send(moderator);
    expect(await send(moderator)).toEqual(first);
    const late = await forum.comment(writer, post.id);
    const mixed = await send(moderator, { items: [...items, { commentId: late.id, revision: 0 }] });
    expect(mixed.bulkId).not.toBe(first.bulkId);
    expect(mixed.results.slice(0, 2)).toEqual(first.results);
    const { results } = await send(other);
    expect(results.map(({ problem: refused }) => refused)).toMatchObject(
      first.results.map(({ decision }) => ({ code: 'already_decided', decision: { id: decision?.id } })),
    );
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

  it('has pages of its versions, which long lists fill by themselves', async () => {
    const path = '/api/v1/moderation/policy/versions';
    const { token } = moderator;
    const { version, rules } = await policy();
    const words = (start: string) => Array.from({ length: 2_000 }, (_, at) => `${start}x${at}`.padEnd(100, 'qz'));
    for (const n of [1, 2, 3]) {
      const long = rules.map((one) =>
        'words' in one ? { ...one, words: words(`${String(Reflect.get(one, 'rule'))[0]}${n}`) } : one,
      );
      expect(await set({ version: version + n - 1, rules: long })).toMatchObject({ status: 200 });
    }
    expect(await set({ version: version + 3, rules })).toMatchObject({ status: 200 });

    const shown: number[] = [];
    const pages: number[] = [];
    for (let next: string | undefined = `${path}?limit=4`; next !== undefined; ) {
      const answer: Response = await fetch(forum.url + next, { headers: { authorization: `Bearer ${token}` } });
      const page = (await answer.json()) as PolicyVersion[];
      pages.push(page.length);
      shown.push(...page.map((one) => one.version));
      next = /<(?<next>[^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.groups?.['next'];
    }
    expect(shown).toEqual(Array.from({ length: version + 5 }, (_, n) => version + 4 - n));
    // The newest is short; the two before it fill its page, so that the fourth is on the next one.
    expect(pages.slice(0, 2)).toEqual([3, 4]);
    expect(Math.max(...pages)).toBe(4);
    for (const wrong of ['cursor=-1', 'cursor=x', 'limit=0', 'limit=101'])
      expect(await forum.call('GET', `${path}?${wrong}`, { token })).toMatchObject({
        status: 400,
        ...problem('invalid'),
      });
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
    }
  });

  it('sent twice by the same moderator is answered as itself, and otherwise refused', async () => {
    const member = await forum.member('ruled-twice');
    const body = { kind: 'pre-moderation', reason: 'spam', statement: 'Too many links' };
    const first = await sanction(member, body);
    expect(first).toMatchObject({ status: 201, body: { statement: 'Too many links' } });
    const again = await Promise.all([sanction(member, body), sanction(member, body)]);
    expect(again.map(({ status, body: told }) => [status, told])).toEqual([201, 201].map((is) => [is, first.body]));
    const others = [await sanction(member, body, other), await sanction(member, { ...body, reason: 'abuse' })];
    for (const refused of others) expect(refused).toMatchObject({ status: 409, ...problem('already_decided') });
    expect(await forum.done('GET', '/api/v1/members/me/sanctions', { token: member.token })).toHaveLength(1);
    const { token } = moderator;
    await forum.call('DELETE', `/api/v1/members/${member.member.id}/sanctions/pre-moderation`, { token, body: {} });
    const anew = await sanction(member, body);
    expect(anew).toMatchObject({ status: 201, body: { inForce: true } });
    expect(Reflect.get(Object(anew.body), 'id')).not.toBe(Reflect.get(Object(first.body), 'id'));
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

describe('the log', () => {
  const log = (query: string) =>
    forum.done<{ items: LogEntry[]; next: string | null }>('GET', `/api/v1/moderation/log${query}`, {
      token: moderator.token,
    });

  it('tells who did what to whom, newest first, by actor, member, kind and time', async () => {
    const comment = await forum.comment(writer, post.id);
    await report(comment, reader, 'privacy');
    const { decision } = await decided(comment, 'remove', other, { reason: 'privacy', note: 'An address' });
    const { items } = await log('?limit=2');
    expect(items).toMatchObject([
      {
        kind: 'decision',
        action: 'remove',
        reason: 'privacy',
        note: 'An address',
        actor: { handle: 'other-moderator' },
        commentId: comment.id,
        decisionId: decision.id,
        undone: false,
        byPolicy: false,
      },
      { kind: 'report', reason: 'privacy', note: 'Look', actor: { handle: 'reader' }, member: { handle: 'writer' } },
    ]);
    await forum.done('POST', `/api/v1/moderation/decisions/${decision.id}/undo`, { token: moderator.token, body: {} });
    const byOther = await log(`?actor=other-moderator&kind=decision&limit=1`);
    expect(byOther.items).toMatchObject([{ decisionId: decision.id, undone: true }]);
    const about = await log(`?member=${writer.member.id}&limit=1`);
    expect(about.items).toMatchObject([{ kind: 'decision', action: 'undo', member: { handle: 'writer' } }]);
    expect((await log('?to=2015-01-01')).items).toEqual([]);
    expect(await forum.call('GET', '/api/v1/moderation/log?kind=gossip', { token: moderator.token })).toMatchObject({
      status: 400,
    });
  });

  it("holds what a ban caused, under the ban's own correlation", async () => {
    const [ban] = (await log('?kind=sanction&limit=100')).items.filter(({ action }) => action === 'ban');
    const caused = (await log('?kind=decision&limit=100')).items.filter(
      ({ correlationId }) => correlationId === ban?.correlationId,
    );
    expect(caused).toMatchObject([{ action: 'remove', actor: { handle: 'the-moderator' } }]);
  });

  it('pages without gaps, and comes whole as CSV in which no cell is a formula', async () => {
    const comment = await forum.comment(writer, post.id);
    await decided(comment, 'hold', moderator, { note: '=1+1, "x"' });
    const positions: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await log(`?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
      positions.push(...page.items.map(({ position }) => position));
      if (page.next === null) break;
      cursor = page.next;
    }
    const csv = await forum.call('GET', '/api/v1/moderation/log', {
      token: moderator.token,
      headers: { accept: 'text/csv' },
    });
    const lines = String(csv.body).trim().split('\r\n');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(lines[0]).toContain('position,at,kind,action');
    expect(lines.at(-1)).toContain(`"'=1+1, ""x"""`);
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(positions.reverse());
  });

  it('is counted by period, a decision and its taking back as one decision everywhere', async () => {
    const { decision } = await decided(await forum.comment(writer, post.id), 'remove', moderator, { reason: 'spam' });
    await forum.done('POST', `/api/v1/moderation/decisions/${decision.id}/undo`, { token: moderator.token, body: {} });

    const numbers = await forum.done<ModerationReport>('GET', '/api/v1/moderation/report', { token: moderator.token });
    expect(numbers).toMatchObject({
      reports: expect.any(Number),
      byAction: expect.objectContaining({ remove: expect.any(Number) }),
      reversed: { count: expect.any(Number), share: expect.any(Number) },
    });
    expect(numbers.sanctions).toMatchObject({ ban: 1 });
    expect(Object.values(numbers.byAction).reduce((sum, count) => sum + count, 0)).toBe(numbers.decisions);
    expect(numbers.days.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(numbers.decisions);
    const backwards = '/api/v1/moderation/report?from=2015-02-01&to=2015-01-01';
    expect(await forum.call('GET', backwards, { token: moderator.token })).toMatchObject({
      status: 400,
      ...problem('invalid'),
    });
  });

  it('is shown to readers only when the forum says so', async () => {
    expect(await forum.call('GET', '/api/v1/moderation/public-log')).toMatchObject({
      status: 404,
      ...problem('not_found'),
    });
  });
});

describe("a comment's texts", () => {
  it('are compared by words, any two of them, also where a script has no spaces', async () => {
    const first = await forum.comment(writer, post.id, { body: 'ฉันชอบแมว' });
    const edit = (body: string, revision: number) =>
      forum.done<Comment>('PATCH', `/api/v1/comments/${first.id}`, { token: writer.token, body: { body, revision } });
    await edit('ฉันรักแมว', 0);
    await edit('ฉันรักหมา', 1);
    const diff = (from: number, to: number) =>
      forum.call('GET', `/api/v1/comments/${first.id}/diff?from=${from}&to=${to}`);
    expect(await diff(0, 2)).toMatchObject({
      status: 200,
      body: {
        from: 0,
        to: 2,
        diff: [
          { kind: 'same', text: 'ฉัน' },
          { kind: 'removed', text: 'ชอบแมว' },
          { kind: 'added', text: 'รักหมา' },
        ],
      },
    });
    expect(await diff(0, 0)).toMatchObject({ body: { diff: [{ kind: 'same', text: 'ฉันชอบแมว' }] } });
    expect(await forum.call('GET', `/api/v1/comments/${first.id}/diff?from=a&to=1`)).toMatchObject({
      status: 400,
      ...problem('invalid'),
    });
    await decided({ ...first, revision: 2 }, 'hold');
    expect(await diff(0, 2)).toMatchObject({ status: 404, ...problem('comment_not_found') });
  });
});

describe('a rehearsal', () => {
  it('tells what another policy would have done, with its progress when asked', async () => {
    await forum.comment(writer, post.id, { body: 'A loan, quickly' });
    const { rules } = await forum.done<PolicyVersion>('GET', '/api/v1/moderation/policy', { token: moderator.token });
    const policy = {
      rules: rules.map((one) => (Reflect.get(one, 'rule') === 'suspect-words' ? { ...one, words: ['loan'] } : one)),
    };
    const path = '/api/v1/moderation/policy/simulations';
    const result = await forum.done<Rehearsal>('POST', path, { token: moderator.token, body: { policy } });
    expect(result.byRule).toMatchObject({ 'suspect-words': { caught: 1, newlyCaught: 1 } });
    expect(result.examples).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ excerpt: 'A loan, quickly', was: 'published', wouldBe: 'report' }),
      ]),
    );
    const streamed = await fetch(forum.url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${moderator.token}`,
        'content-type': 'application/json',
        accept: 'application/x-ndjson',
      },
      body: JSON.stringify({ policy }),
    });
    const lines = (await streamed.text())
      .trim()
      .split('\n')
      .map((line): object => JSON.parse(line));
    expect(lines[0]).toEqual({ progress: expect.objectContaining({ comments: expect.any(Number) }) });
    expect(lines.at(-1)).toEqual({ result });
    expect(await forum.call('POST', path, { token: moderator.token, body: { policy: { rules: [] } } })).toMatchObject({
      status: 400,
    });
    expect(
      await forum.call('POST', path, {
        token: moderator.token,
        body: { policy, from: '2015-02-01T00:00:00Z', to: '2015-01-01T00:00:00Z' },
      }),
    ).toMatchObject({ status: 400, ...problem('invalid') });
  });
});
