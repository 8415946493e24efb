import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import { inputSchema } from '../../src/api/http/openapi/input-schemas.ts';
import { documentedRoutes } from '../../src/api/http/openapi/route-docs.ts';
import { commentBytes, POLICY_BODY_LIMIT, POST_BODY_LIMIT } from '../../src/api/input/body-sizes.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { PushTestDevice } from '../support/push-device.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

/** What a body needs besides the field under test, by the name of its shape; a new shape without an entry fails below. */
const GOOD_BODIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  RegisterBody: {
    handle: 'newcomer',
    displayName: 'A newcomer',
    email: 'new@example.org',
    password: 'a long password',
    locale: 'en',
    invitation: 'a token',
    founderCode: 'a code',
    proof: 'a proof',
  },
  CommentLanguageBody: { language: 'th' },
  SignInBody: {
    login: 'somebody',
    password: 'a long password',
    code: '123456',
    passkey: {},
    link: 'a link',
    sso: 'a token',
  },
  PushBody: { ...new PushTestDevice('https://push.example/send/a').wish },
  CodeBody: { code: '123456' },
  FreshBody: { password: 'correct horse battery' },
  PasskeyBody: { passkey: {}, name: 'My key' },
  ChangeMeBody: {
    displayName: 'Another name',
    locale: 'vi',
    password: 'another long password',
    currentPassword: 'correct horse battery',
    email: 'elsewhere@example.org',
    pendingEmail: null,
    pageHidden: false,
    mayBeQuoted: false,
    reads: ['th'],
    translationsShown: 'beside',
  },
  PasswordResetBody: { email: 'new@example.org' },
  NewPasswordBody: { password: 'another long password' },
  IssueBody: { do: 'test' },
  SubscriptionBody: { email: 'new@example.org', locale: 'th' },
  SignInLinkBody: { email: 'new@example.org', next: '/settings' },
  OwnErasureBody: { comments: 'keep', password: 'correct horse battery', link: 'a link', immediately: false },
  MemberErasureBody: { comments: 'keep', password: 'correct horse battery', immediately: false },
  ImportedErasureBody: { email: 'old@example.org', name: 'Old Name', source: 'disqus', password: 'correct horse' },
  PurgeBody: { reason: 'A phone number' },
  InvitationBody: {
    roles: ['editor'],
    email: 'new@example.org',
    locale: 'vi',
    note: 'For the newsletter',
    expiresAt: '2115-10-05T08:00:00Z',
  },
  MembershipBody: { state: 'active', reason: 'Known to us' },
  SiteBody: {
    name: 'A forum',
    tagline: 'A tagline',
    description: 'A description',
    logo: null,
    icon: null,
    accent: '#0c5c5c',
    defaultLocale: 'en',
    locales: ['en', 'vi'],
    timeZone: 'Asia/Bangkok',
    registration: 'open',
    guests: false,
    newsletter: true,
    ssoRoles: false,
    erasureDays: 14,
    mailDays: 30,
    queuePromiseHours: 24,
    discussion: {},
    embedOrigins: [],
    siteNames: [],
    pageAliases: [],
    pageQueries: [],
    publicModerationLog: false,
    translations: 'members',
    menu: [],
    pages: {},
  },
  PageRulesBody: { pageAliases: [], pageQueries: [] },
  RolesBody: { roles: ['editor'] },
  PageBody: { url: 'https://blog.example/a', title: 'A title' },
  PublishBody: {
    id: '11111111-1111-4111-8111-111111111111',
    title: 'A title',
    slug: 'an-address',
    body: 'A body',
    excerpt: 'An excerpt',
    tags: ['one', 'two'],
    kind: 'article',
    publishAt: '2015-10-05T08:00:00Z',
    locale: 'en',
  },
  EditPostBody: {
    title: 'A title',
    body: 'A body',
    excerpt: 'An excerpt',
    tags: ['one'],
    publishAt: '2015-10-05T08:00:00Z',
    locale: 'en',
    slug: 'another-address',
    revision: 0,
  },
  DiscussionBody: { state: 'open', slowModeSeconds: 10, pinnedCommentId: null, reason: 'Answered' },
  PostCommentBody: {
    id: '22222222-2222-4222-8222-222222222222',
    parentId: null,
    body: 'A text',
    guest: { name: 'A guest', email: 'a@example.org' },
    proof: 'a proof',
  },
  PreviewBody: { body: 'A text' },
  EditCommentBody: { body: 'Another text', revision: 0 },
  CommentTranslationBody: { language: 'th', body: 'คำแปล', sourceRevision: 0 },
  PostTranslationBody: { language: 'th', title: 'ชื่อ', body: 'คำแปล', sourceRevision: 0 },
  TranslationRemovalBody: { reason: 'spam', statement: 'It says the opposite.', revision: 0 },
  TranslationReportBody: { reason: 'wrong-translation', note: 'Look' },
  TranslationDismissalBody: { revision: 0 },
  ReportBody: { reason: 'spam', note: 'Look' },
  DecisionBody: { action: 'remove', reason: 'spam', note: 'Again', revision: 0 },
  BulkDecisionBody: {
    items: [{ commentId: '22222222-2222-4222-8222-222222222222', revision: 0 }],
    action: 'remove',
    reason: 'spam',
    note: 'Again',
  },
  UndoBody: { note: 'A slip' },
  SanctionBody: {
    kind: 'suspension',
    until: '2115-10-05T08:00:00Z',
    reason: 'spam',
    statement: 'You sold things',
    commentId: null,
    removeComments: 'none',
  },
  NoteBody: { text: 'A note' },
  AppealBody: { text: 'It was not me' },
  BannedAppealBody: { login: 'somebody', password: 'a long password', text: 'It was not me' },
  AppealDecisionBody: { outcome: 'refused', answer: 'It was' },
  ReadMarkBody: { upTo: '1' },
  ReadToBody: { position: '1', begins: true },
  DraftBody: {
    postId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0f01',
    parentId: null,
    commentId: null,
    body: 'A draft',
    over: null,
  },
  PostPreviewBody: { body: 'A text' },
  PostDraftBody: {
    title: 'Half a title',
    slug: '',
    body: 'A draft',
    excerpt: '',
    tags: ['peace'],
    locale: 'en',
    kind: 'article',
    appearAt: '2026-12-24T18:00',
    over: null,
  },
  PreviewLinkBody: { days: 30 },
  IssuePeriodBody: { from: '2015-10-01', to: '2015-10-31' },
  NotificationChoiceBody: { ways: {}, followOwn: true, quietHours: null, timeZone: 'Asia/Bangkok' },
  PolicyBody: { version: 0, rules: [], note: 'Calmer', restores: null },
  SimulationBody: { policy: {}, from: '2015-10-05T08:00:00Z', to: null },
};

type Schema = Readonly<Record<string, unknown>>;

/** Values that no field of this schema takes, each with a name for the test's title. */
function wrongValues(schema: Schema): readonly (readonly [string, unknown])[] {
  const wrong: (readonly [string, unknown])[] = [
    ['a boolean', true],
    ['an object', { a: 1 }],
    ['a list in a list', [['a']]],
    ['a huge number', 1e308],
    ['a negative number', -1],
    ['a fraction', 0.5],
    ['a lone surrogate', 'a\ud800b and more of it'],
    ['control characters', 'a\u0000b\u0007 and more of it'],
    ['an unbalanced override', 'a\u202eb and more of it'],
    ['a very long text', 'x'.repeat(20_000)],
    ['an empty text', ''],
  ];
  const choices: readonly Schema[] | null = Array.isArray(schema.anyOf) ? schema.anyOf : null;
  if (choices === null && schema.type !== 'null') wrong.push(['null', null]);
  const inner = choices?.[0] ?? schema;
  return wrong.filter(([, value]) => !mayTake(inner, value));
}

/** A few of the wrong values are right for some fields: long bodies of posts, empty excerpts, passwords with any sign. */
function mayTake(schema: Schema, value: unknown): boolean {
  if (schema.type === 'boolean') return typeof value === 'boolean';
  if (schema.type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (typeof value !== 'string' || schema.type !== 'string' || schema.enum !== undefined) return false;
  if (schema.format === 'password') return value.includes('\u202e');
  if (schema.format !== undefined || typeof schema.maxLength !== 'number' || schema.minLength === undefined)
    return false;
  const length = value.length;
  const isPlain = value === '' || /^x+$/.test(value);
  return isPlain && length >= Number(schema.minLength) && length <= schema.maxLength;
}

const bodies = documentedRoutes().flatMap(({ method, pattern, doc }) =>
  doc.body === undefined ? [] : [{ route: `${method} ${pattern}`, method, pattern, shape: doc.body }],
);

jest.setTimeout(30_000);

const at = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => Reflect.get(Object(found), key), node);

describe('bad input over HTTP', () => {
  let forum: RunningForum;
  let admin: TestMember;
  let post: Post;
  let comment: Comment;

  beforeAll(async () => {
    forum = await startForum();
    admin = await forum.admin();
    // Some of the routes end sessions.
    await forum.member('second-admin', ['admin']);
    post = await forum.publish(admin);
    comment = await forum.comment(admin, post.id);
  });
  afterAll(() => forum.close());

  const pathOf = (pattern: string): string => {
    const id = pattern.includes('/members/')
      ? admin.member.id
      : pattern.includes('/comments/:id')
        ? comment.id
        : post.id;
    return pattern.replace(':id', id);
  };
  const head = (): Promise<bigint> => forum.forum.log.store.head();
  const problemOf = (answer: Answer, code: string, field?: string) =>
    expect({ type: answer.headers.get('content-type'), body: answer.body }).toEqual({
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: `urn:colloquy:problem:${code}`,
        title: expect.any(String),
        status: answer.status,
        detail: expect.any(String),
        code,
        ...(field === undefined ? {} : { errors: expect.arrayContaining([{ field, message: expect.any(String) }]) }),
      },
    });

  it('every shape of a body has a good example, so that a new one is covered', () => {
    expect(Object.keys(GOOD_BODIES).sort()).toEqual([...new Set(bodies.map(({ shape }) => shape.name))].sort());
    for (const { shape } of bodies) {
      expect(Object.keys(GOOD_BODIES[shape.name] ?? {}).sort()).toEqual(
        Object.keys(inputSchema(shape).properties ?? {}).sort(),
      );
    }
  });

  describe.each(bodies)('$route', ({ method, pattern, shape }) => {
    const { properties, required } = inputSchema(shape);
    const fields = Object.entries(properties ?? {});
    const good = GOOD_BODIES[shape.name] ?? {};
    const send = (body: unknown): Promise<Answer> => forum.call(method, pathOf(pattern), { token: admin.token, body });

    /** Each must be refused with `invalid` and the field, and nothing be recorded. */
    const refuses = async (cases: readonly { readonly body: unknown; readonly field: string }[]): Promise<void> => {
      const before = await head();
      for (const { body, field } of cases) {
        const answer = await send(body);
        expect({ body: JSON.stringify(body).slice(0, 200), status: answer.status }).toMatchObject({ status: 400 });
        problemOf(answer, 'invalid', field);
      }
      expect(await head()).toBe(before);
    };

    it.each(fields)('field %s is refused in every wrong way', async (field, schema) => {
      const wrong = wrongValues(schema);
      expect(wrong.length).toBeGreaterThan(6);
      await refuses(wrong.map(([, value]) => ({ body: { ...good, [field]: value }, field })));
    });

    it('a missing field is named', async () => {
      const missing = (Array.isArray(required) ? required : []).map((field: string) => {
        const { [field]: _, ...rest } = good;
        return { body: rest, field };
      });
      await refuses(missing);
    });

    it('unknown fields are named, prototypes are out of reach', async () => {
      await refuses([
        { body: { ...good, surprise: 1 }, field: 'surprise' },
        { body: { ...good, constructor: { prototype: {} } }, field: 'constructor' },
        { body: JSON.parse(`{"__proto__": {"admin": true}}`), field: '__proto__' },
        { body: [good], field: '' },
        { body: 'text', field: '' },
        { body: null, field: '' },
        { body: 7, field: '' },
      ]);
    });

    it('what is no tame JSON in UTF-8 is refused before anything looks at it', async () => {
      const before = await head();
      const raw = (bytes: string | Uint8Array, type = 'application/json') =>
        forum.call(method, pathOf(pattern), { token: admin.token, raw: bytes, headers: { 'content-type': type } });
      const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;

      problemOf(await raw('{"a":'), 'malformed');
      problemOf(await raw(' '), 'malformed');
      problemOf(await raw(Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)), 'malformed');
      problemOf(await raw(deep), 'invalid', '');
      problemOf(await raw(JSON.stringify(good), 'text/plain'), 'unsupported_media_type');
      problemOf(await raw('a=1', 'application/x-www-form-urlencoded'), 'unsupported_media_type');
      const most = pattern.includes('/policy') ? POLICY_BODY_LIMIT : POST_BODY_LIMIT;
      problemOf(await raw(`{"body":"${'x'.repeat(most)}"}`), 'too_large');
      expect(await head()).toBe(before);
    });
  });

  it.each(documentedRoutes().filter(({ method, doc }) => method !== 'GET' && doc.body === undefined))(
    '$method $pattern takes an empty body of JSON as none',
    async ({ method, pattern }) => {
      const path = pattern.replace(/:(\w*id)\b/gi, newId()).replace(/:(\w+)/g, 'nothing');
      const { token } = await forum.signIn('second-admin');
      const sent = { token, raw: '', headers: { 'content-type': 'application/json' } };
      const empty = await forum.call(method, path, sent);
      const other = await forum.signIn('second-admin');
      const none = await forum.call(method, path, { token: other.token });
      const shown = ({ status, body }: Answer) => ({ status, code: at(body, 'code'), detail: at(body, 'detail') });
      expect(shown(empty)).toEqual(shown(none));
      expect(shown(empty)).not.toMatchObject({ code: 'malformed' });
    },
  );

  it.each(['/api/v1/posts/', '/api/v1/sessions/', '/api/v1/moderation/policy/?x=1'])(
    'an address with a slash too many at its end says so: %s',
    async (path) => {
      const answer = await forum.call('GET', path, { token: admin.token });
      problemOf(answer, 'not_found');
      expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
      expect(answer.body).toMatchObject({
        detail: 'There is nothing at this address; there is something at the one without the slash at its end.',
      });
    },
  );

  it('bodies over 64 KiB are refused where neither post nor comment is written', async () => {
    const answer = await forum.call('POST', `/api/v1/comments/${comment.id}/reports`, {
      token: admin.token,
      raw: JSON.stringify({ reason: 'spam', note: 'x'.repeat(70_000) }),
    });
    expect(answer.status).toBe(413);
    problemOf(answer, 'too_large');
  });

  describe('a comment', () => {
    const encodings: readonly [string, (text: string) => string][] = [
      ['as UTF-8', (text) => text],
      ['as escapes of JSON', (text) => text.replaceAll('😀', '\\ud83d\\ude00')],
    ];
    const post_ = (text: string): Promise<Answer> =>
      forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: admin.token, raw: `{"body":"${text}"}` });

    it.each(encodings)('of the longest there may be is taken %s, and edited', async (_, encoded) => {
      const body = '😀'.repeat(10_000);
      const posted = await post_(encoded(body));
      expect(posted).toMatchObject({ status: 201, body: { comment: { body } } });
      const id = at(posted.body, 'comment', 'id');
      const raw = `{"body":"${encoded(body.slice(2))}","revision":0}`;
      const edited = await forum.call('PATCH', `/api/v1/comments/${String(id)}`, { token: admin.token, raw });
      expect(edited).toMatchObject({ status: 200, body: { body: body.slice(2) } });
    });

    it.each(encodings)('of one character too many, or twice as many, is told so %s', async (_, encoded) => {
      for (const count of [10_001, 20_000]) problemOf(await post_(encoded('😀'.repeat(count))), 'invalid', 'body');
    });

    it('of the longest there may be is taken from a form', async () => {
      const answer = await forum.call('POST', `/posts/${post.slug}/comments`, {
        token: admin.token,
        raw: `body=${encodeURIComponent('😀'.repeat(10_000))}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringContaining('#comment-')]);
    });

    it('far larger than any is cut off', async () => {
      problemOf(await post_('x'.repeat(commentBytes(10_000))), 'too_large');
    });
  });

  it.each([
    ['/api/v1/posts?limit=0', 'limit'],
    ['/api/v1/posts?limit=101', 'limit'],
    ['/api/v1/posts?limit=ten', 'limit'],
    ['/api/v1/posts?limit=5&limit=6', 'limit'],
    ['/api/v1/posts?month=2015-13', 'month'],
    ['/api/v1/posts?month=October', 'month'],
    ['/api/v1/posts?tag=', 'tag'],
    ['/api/v1/posts?q=%00', 'q'],
    ['/api/v1/posts?cursor=%22', 'cursor'],
    ['/api/v1/posts?cursor=abcdef', 'cursor'],
    ['/api/v1/posts?surprise=1', 'surprise'],
    ['/api/v1/posts?__proto__=1', '__proto__'],
    ['/api/v1/posts?constructor=1', 'constructor'],
    ['COMMENTS?sort=loudest', 'sort'],
    ['COMMENTS?sort=best&sort=best', 'sort'],
    ['COMMENTS?limit=-1', 'limit'],
    ['COMMENTS?cursor=abcdef', 'cursor'],
    ['COMMENTS?at=yesterday', 'at'],
    ['COMMENTS?at=2015-10-05', 'at'],
    ['COMMENTS?at=2015-02-30T08:00:00Z', 'at'],
    ['COMMENTS?at=9000-01-01T00:00:00Z', 'at'],
    ['COMMENTS?position=-1', 'position'],
    ['COMMENTS?position=1.5', 'position'],
    ['COMMENTS?position=007', 'position'],
    ['COMMENTS?position=9223372036854775807', 'position'],
    ['COMMENTS?position=99999999999999999999', 'position'],
    ['COMMENTS?position=1&at=2015-10-05T08:00:00Z', 'position'],
    ['CHANGES', 'after'],
    ['CHANGES?after=x', 'after'],
    ['CHANGES?after=1&since=2015-10-05T08:00:00Z', 'after'],
    ['CHANGES?since=9000-01-01T00:00:00Z', 'since'],
    ['CHANGES?after=2&position=1', 'after'],
    ['CHANGES?since=2016-10-05T08:00:00Z&at=2015-10-05T08:00:00Z', 'since'],
    ['CHANGES?after=1&cursor=abcdef', 'cursor'],
  ])('GET %s names the parameter %s', async (path, field) => {
    const address = path
      .replace('COMMENTS', `/api/v1/posts/${post.id}/comments`)
      .replace('CHANGES', `/api/v1/posts/${post.id}/changes`);
    const answer = await forum.call('GET', address);
    expect(answer.status).toBe(400);
    problemOf(answer, 'invalid', field);
  });

  it.each([
    ['GET', '/api/v1/posts/no-such-post', 'post_not_found'],
    ['GET', `/api/v1/posts/${newId()}`, 'post_not_found'],
    ['PATCH', '/api/v1/posts/no-such-post', 'post_not_found'],
    ['POST', `/api/v1/posts/${newId()}/withdraw`, 'post_not_found'],
    ['POST', `/api/v1/posts/${newId()}/bring-back`, 'post_not_found'],
    ['POST', `/api/v1/posts/${newId()}/issue`, 'post_not_found'],
    ['PUT', `/api/v1/posts/${newId()}/discussion`, 'post_not_found'],
    ['POST', `/api/v1/posts/${newId()}/preview-links`, 'post_not_found'],
    ['DELETE', `/api/v1/preview-links/${newId()}`, 'not_found'],
    ['GET', '/api/v1/posts/x/comments', 'post_not_found'],
    ['GET', `/api/v1/posts/${newId()}/comments`, 'post_not_found'],
    ['GET', '/api/v1/comments/x', 'comment_not_found'],
    ['GET', `/api/v1/comments/${newId()}`, 'comment_not_found'],
    ['GET', `/api/v1/comments/${newId()}/history`, 'comment_not_found'],
    ['PATCH', `/api/v1/comments/${newId()}`, 'comment_not_found'],
    ['DELETE', `/api/v1/comments/${newId()}`, 'comment_not_found'],
    ['PUT', `/api/v1/comments/${newId()}/reactions/like`, 'comment_not_found'],
    ['DELETE', '/api/v1/comments/x/reactions/like', 'comment_not_found'],
    ['GET', '/api/v1/members/nobody', 'member_not_found'],
    ['PUT', `/api/v1/members/${newId()}/roles`, 'member_not_found'],
    ['PUT', '/api/v1/members/x/roles', 'member_not_found'],
    ['GET', '/api/v1/nothing', 'not_found'],
  ])('%s %s answers 404 %s and records nothing', async (method, path, code) => {
    const bodies: Readonly<Record<string, object>> = {
      '/roles': { roles: [] },
      '/discussion': { state: 'closed' },
      '/preview-links': {},
      '/withdraw': {},
      '/bring-back': {},
      '/issue': { do: 'send' },
    };
    const special = Object.entries(bodies).find(([end]) => path.endsWith(end))?.[1];
    const body = method === 'PATCH' ? (path.includes('posts') ? { title: 'x' } : { body: 'x', revision: 0 }) : special;
    const before = await head();
    const answer = await forum.call(method, path, { token: admin.token, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBe(404);
    problemOf(answer, code);
    expect(await head()).toBe(before);
  });

  it('a page that is not there is a page that says so', async () => {
    const answer = await forum.call('GET', '/nothing');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });

  it('an address that says it all takes no fields', async () => {
    const before = await head();
    const answer = await forum.call('POST', `/api/v1/posts/${post.id}/withdraw`, {
      token: admin.token,
      body: { why: 'because' },
    });
    problemOf(answer, 'invalid', 'why');
    expect(await head()).toBe(before);
  });

  it('an unknown kind of reaction, a malformed key and a malformed position are named', async () => {
    const { token } = admin;
    problemOf(await forum.call('PUT', `/api/v1/comments/${comment.id}/reactions/kiss`, { token }), 'invalid', 'kind');
    const headers = { 'idempotency-key': 'again' };
    const keyed = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, {
      token,
      headers,
      body: { body: 'x' },
    });
    problemOf(keyed, 'invalid', 'Idempotency-Key');
    const after = await forum.call('GET', '/api/v1/posts', { headers: { 'colloquy-after': '1e3' } });
    problemOf(after, 'invalid', 'Colloquy-After');
  });

  it('a position that the views do not reach is told after two seconds, with when to ask again', async () => {
    const answer = await forum.call('GET', '/api/v1/posts', { headers: { 'colloquy-after': '999999999' } });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    problemOf(answer, 'not_caught_up');
  });

  it('a wrong method says which are right', async () => {
    const answer = await forum.call('PUT', `/api/v1/posts/${post.id}/comments`, { token: admin.token, body: {} });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    problemOf(answer, 'method_not_allowed');
  });

  it.each(['/api/v1/posts/%zz', '/%', `/api/v1/posts/${'x'.repeat(400)}`])(
    'the address %s is refused in the same form',
    async (path) => {
      const answer = await forum.call('GET', path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each(['/%', '/posts/%zz?q=1', `/members/${'x'.repeat(400)}`])(
    'the address %s is refused with a page where a browser asks',
    async (path) => {
      const headers = { accept: 'text/html', 'accept-language': 'th', cookie: 'colloquy_theme=dark' };
      const answer = await forum.call('GET', path, { headers });
      expect([400, 404]).toContain(answer.status);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(String(answer.body)).toMatch(/^<!DOCTYPE html><html[^>]* lang="th"/i);
    },
  );
});
