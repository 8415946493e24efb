import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MOST_IMAGE_UPLOAD_BYTES, NOTIFICATION_KINDS, NOTIFICATION_WAYS } from '../../libs/words/index.ts';
import type { Guarded } from '../../src/permissions.ts';
import { Assets } from '../../src/web/shell/assets.ts';
import type { TestMember } from './forum-caller.ts';
import { formOf } from './image-form.ts';
import { type LargestForum, longPolicy, longPost, longText, POLICIES, RULED_ALONE } from './largest-forum.ts';
import { PushTestDevice } from './push-device.ts';
import { newId, type RunningForum } from './running-forum.ts';

export type HttpRoute = Exclude<Guarded, `live ${string}`>;

/** One request to a route, without its method: an address, and what is sent along. */
export interface Asked {
  readonly path: string;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  /** A form in parts, as it is sent. */
  readonly parts?: ReturnType<typeof formOf>;
  /** A mail as it came. */
  readonly mail?: string;
  /** Who asks; the admin unless told. */
  readonly by?: TestMember;
  /** What it is refused with, on purpose; all else has to be done or shown. */
  readonly refused?: number;
}

type Asking = (forum: LargestForum) => readonly Asked[];

const LIST = 'limit=100';
const SEARCHED = encodeURIComponent('a b '.repeat(50));
const CURSOR = 'cursor=zzzz';
const NOTE = longText(5, 2_000);
const PASSWORD = 'correct horse battery';
const LONG_PASSWORD = 'ab 12 '.repeat(33);
const LONG_EMAIL = `${'e'.repeat(60)}@${'example.'.repeat(23)}org`;
const UNKNOWN_IMPORT = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a03';
const UNKNOWN_LINK = `0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e4001.${'a'.repeat(43)}`;

const only =
  (...paths: readonly string[]): Asking =>
  () =>
    paths.map((path) => ({ path }));
const at =
  (path: (forum: LargestForum) => string, sent: (forum: LargestForum) => Omit<Asked, 'path'> = () => ({})): Asking =>
  (forum) => [{ path: path(forum), ...sent(forum) }];
const comment =
  (rest: string, pick: 'edited' | 'deepest' | 'root' = 'edited') =>
  (forum: LargestForum): string =>
    `/comments/${forum[pick].id}${rest}`;
/** The same of the comments of one mark, beside those of many words. */
const marked =
  (rest: string) =>
  (forum: LargestForum): readonly string[] =>
    [forum.edited, forum.marked.edited, forum.marked.unclosed].map(({ id }) => `/comments/${id}${rest}`);
const all =
  (paths: (forum: LargestForum) => readonly string[]): Asking =>
  (forum) =>
    paths(forum).map((path) => ({ path }));
const allInApi = (paths: (forum: LargestForum) => readonly string[]): Asking =>
  all((forum) => paths(forum).map((path) => `/api/v1${path}`));
const inApi =
  (path: (forum: LargestForum) => string) =>
  (forum: LargestForum): string =>
    `/api/v1${path(forum)}`;
const warnedBy =
  (n: number) =>
  ({ warned, admin }: LargestForum): { readonly by: TestMember } => ({ by: warned[n]?.member ?? admin });
const newMember = (n: number): Readonly<Record<string, string>> => ({
  handle: `a-new-member-number-${n}`,
  displayName: `${n}`.padEnd(80, 'ก'),
  email: `${'e'.repeat(60)}${n}@${'example.'.repeat(20)}org`,
  password: LONG_PASSWORD,
});

function threadAddresses({ post, position }: LargestForum): readonly string[] {
  const moment = [`position=${position}`, `at=${new Date().toISOString()}`];
  return [...['oldest', 'newest', 'best'].map((sort) => `sort=${sort}`), ...moment].map(
    (query) => `/api/v1/posts/${post.id}/comments?${LIST}&${query}`,
  );
}

/** Of as many words as a form may hold, whose letters it sends as nine bytes each. */
function policyForm(version: string): Readonly<Record<string, string>> {
  const fields = longPolicy().rules.flatMap(({ rule, ...settings }) =>
    Object.entries(settings).map(([name, value]) => [
      `${rule}.${name}`,
      Array.isArray(value) ? value.join('\n') : value === true ? '1' : String(value),
    ]),
  );
  return { ...Object.fromEntries(fields), version, note: 'n'.repeat(500) };
}

function writeForm(): Readonly<Record<string, string>> {
  return {
    title: 't'.repeat(200),
    body: longText(3, 200_000),
    excerpt: longText(4, 2_000),
    tags: 'tag',
    locale: 'en',
    preview: '1',
    when: 'now',
  };
}

/** Nothing that the forum knows, as many of it as the bytes of a body have room for. */
const strangers = (many: number): Readonly<Record<string, number>> =>
  Object.fromEntries(Array.from({ length: many }, (_, n) => [`k${n}`, 1]));
/** As long as each part of a passkey's answer may be, and no answer. */
const LONG_PASSKEY = {
  id: 'A'.repeat(1_400),
  rawId: 'A'.repeat(1_400),
  type: 'public-key',
  response: {
    clientDataJSON: 'A'.repeat(4_000),
    attestationObject: 'A'.repeat(16_000),
    authenticatorData: 'A'.repeat(4_000),
    signature: 'A'.repeat(1_400),
    userHandle: 'A'.repeat(22),
  },
};
/** The longest period that is drafted from at once. */
const lastYear = () => ({
  from: new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10),
  to: new Date().toISOString().slice(0, 10),
});

/** Nobody signed it, so all that is done with it is to read its bytes. */
const LARGEST_MAIL = 'a mail '.repeat(1_400_000);
/** As many bytes as an image may have, which begin as one and are none. */
const largestImage = (): Buffer => {
  const bytes = Buffer.alloc(MOST_IMAGE_UPLOAD_BYTES, 'an image');
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
};
const EVERY_WAY = Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, NOTIFICATION_WAYS]));
const EMPTY_RULES = Array.from({ length: 1_300_000 }, () => ({}));

/** A policy's body that is no policy; `of` puts it where the route has it. */
const noPolicies = (path: string, of: (policy: object) => object): readonly Asked[] =>
  [
    strangers(330_000),
    strangers(1_900),
    of({ rules: [{ rule: 'banned-words', ...strangers(330_000) }] }),
    of({ rules: [{ rule: 'banned-words', ...strangers(1_900) }] }),
    of({ rules: EMPTY_RULES }),
    of({ rules: EMPTY_RULES.slice(0, 24_000) }),
    of({ rules: [{ rule: 'banned-words', words: Array.from({ length: 1_000_000 }, () => '') }] }),
  ].map((body, at) => ({ path, body, refused: [1, 3, 5].includes(at) ? 400 : 413 }));

const members = (forum: LargestForum): string => `/members/${forum.writer.member.id}`;
const record = ({ writer }: LargestForum): string => `/moderation/members/${writer.member.handle}`;
const bulk = ({ held }: LargestForum): object => ({
  items: held.slice(RULED_ALONE).map(({ id }) => ({ commentId: id, revision: 1 })),
  action: 'approve',
  note: NOTE,
});

/** The name of a file in the outbox that is as large as one may be, of HTML and text. */
function largestMail({ dataDir }: Pick<RunningForum, 'dataDir'>): string {
  const name = '20151005T080000000Z-0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01.eml';
  const part = (type: string): string => `--b\r\nContent-Type: text/${type}\r\n\r\n${'<b>a</b> '.repeat(14_000)}\r\n`;
  const head = 'Subject: Large\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n';
  mkdirSync(join(dataDir, 'outbox'), { recursive: true });
  writeFileSync(join(dataDir, 'outbox', name), `${head}${part('plain')}${part('html')}--b--\r\n`);
  return name;
}

/** What each route is asked with the largest that it allows. A route that is missing here does not compile. */
export const ASKED: Readonly<Record<HttpRoute, Asking>> = {
  'POST /api/v1/members': () => [{ path: '/api/v1/members', body: newMember(1) }],
  'GET /api/v1/members/me': only('/api/v1/members/me'),
  'PATCH /api/v1/members/me': () => [{ path: '/api/v1/members/me', body: { displayName: 'ก'.repeat(80) } }],
  'GET /api/v1/members/:handle': only('/api/v1/members/long-writer'),
  'PUT /api/v1/members/:id/roles': at(
    inApi((forum) => `${members(forum)}/roles`),
    () => ({ body: { roles: [] } }),
  ),
  'POST /api/v1/sessions': () => [
    { path: '/api/v1/sessions', body: { login: 'long-writer', password: PASSWORD } },
    { path: '/api/v1/sessions', body: { login: 'x'.repeat(254), password: 'y '.repeat(100) }, refused: 401 },
    { path: '/api/v1/sessions', body: { link: UNKNOWN_LINK }, refused: 404 },
    { path: '/api/v1/sessions', body: { passkey: LONG_PASSKEY }, refused: 401 },
    { path: '/api/v1/sessions', body: strangers(1_900), refused: 400 },
    { path: '/api/v1/sessions', body: strangers(6_000), refused: 413 },
  ],
  'GET /api/v1/sessions': only(`/api/v1/sessions?${LIST}`),
  'DELETE /api/v1/sessions': only('/api/v1/sessions'),
  'DELETE /api/v1/sessions/:id': () => [{ path: `/api/v1/sessions/${newId()}`, refused: 404 }],
  // The address of a test is no name that passkeys are for.
  'POST /api/v1/sessions/passkey-options': () => [{ path: '/api/v1/sessions/passkey-options', refused: 409 }],
  'POST /api/v1/members/me/second-factor': only('/api/v1/members/me/second-factor'),
  'PUT /api/v1/members/me/second-factor': () => [
    { path: '/api/v1/members/me/second-factor', body: { code: '1 '.repeat(20) }, refused: 400 },
  ],
  'DELETE /api/v1/members/me/second-factor': () => [
    { path: '/api/v1/members/me/second-factor', body: { code: 'a'.repeat(40) }, refused: 400 },
  ],
  'DELETE /api/v1/members/:id/sessions': () => [
    { path: '/api/v1/members/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02/sessions', refused: 404 },
  ],
  'DELETE /api/v1/members/:id/second-factor': at(inApi((forum) => `${members(forum)}/second-factor`)),
  'POST /api/v1/members/me/passkeys/options': () => [{ path: '/api/v1/members/me/passkeys/options', refused: 409 }],
  'POST /api/v1/members/me/passkeys': () => [
    { path: '/api/v1/members/me/passkeys', body: { passkey: LONG_PASSKEY, name: 'n'.repeat(80) }, refused: 400 },
    { path: '/api/v1/members/me/passkeys', body: { passkey: strangers(1_900) }, refused: 400 },
  ],
  'DELETE /api/v1/members/me/passkeys/:id': () => [{ path: `/api/v1/members/me/passkeys/${newId()}`, refused: 404 }],
  'DELETE /api/v1/sessions/current': only('/api/v1/sessions/current'),
  'POST /api/v1/members/me/confirmations': only('/api/v1/members/me/confirmations'),
  'GET /api/v1/members/me/claimable-comments': only('/api/v1/members/me/claimable-comments'),
  'POST /api/v1/members/me/claimable-comments': only('/api/v1/members/me/claimable-comments'),
  'POST /api/v1/password-resets': () => [{ path: '/api/v1/password-resets', body: { email: LONG_EMAIL } }],
  'PUT /api/v1/password-resets/:token': ({ links }) => [
    { path: `/api/v1/password-resets/${links.resets[0]}`, body: { password: LONG_PASSWORD } },
    { path: `/api/v1/password-resets/${UNKNOWN_LINK}`, body: { password: LONG_PASSWORD }, refused: 404 },
  ],
  'POST /api/v1/newsletter/subscriptions': () => [
    { path: '/api/v1/newsletter/subscriptions', body: { email: LONG_EMAIL, locale: 'th' } },
  ],
  'POST /api/v1/sign-in-links': () => [
    { path: '/api/v1/sign-in-links', body: { email: LONG_EMAIL, next: `/${'n'.repeat(1_900)}` } },
  ],
  'GET /api/v1/posts': only(
    `/api/v1/posts?${LIST}`,
    `/api/v1/posts?${LIST}&q=${SEARCHED}`,
    `/api/v1/posts?${LIST}&tag=${'t'.repeat(50)}`,
  ),
  'GET /api/v1/posts/archive': only('/api/v1/posts/archive'),
  'GET /api/v1/posts/:idOrSlug': at(({ post }) => `/api/v1/posts/${post.id}`),
  'POST /api/v1/posts': () => [
    { path: '/api/v1/posts', body: longPost(50) },
    { path: '/api/v1/posts', body: strangers(90_000), refused: 413 },
  ],
  'GET /api/v1/counts': only(`/api/v1/counts?${'url=https%3A%2F%2Fblog.example%2Fa&'.repeat(100)}`),
  'GET /api/v1/posts/recent-comments': only(`/api/v1/posts/recent-comments?${LIST}`),
  'GET /api/v1/search': only(`/api/v1/search?q=the&${LIST}`),
  'PUT /api/v1/pages': () => [
    { path: '/api/v1/pages', body: { url: `https://blog.example/${'p'.repeat(1_900)}` }, refused: 403 },
  ],
  'PATCH /api/v1/posts/:id': at(
    ({ post }) => `/api/v1/posts/${post.id}`,
    () => ({ body: longPost(51) }),
  ),
  'POST /api/v1/posts/:id/withdraw': at(({ other }) => `/api/v1/posts/${other.id}/withdraw`),
  'GET /api/v1/posts/:id/issue': at(
    ({ other }) => `/api/v1/posts/${other.id}/issue`,
    () => ({ refused: 404 }),
  ),
  'POST /api/v1/posts/:id/issue': at(
    ({ other }) => `/api/v1/posts/${other.id}/issue`,
    () => ({ body: { do: 'test' }, refused: 404 }),
  ),
  'POST /api/v1/posts/:id/bring-back': at(({ other }) => `/api/v1/posts/${other.id}/bring-back`),
  'PUT /api/v1/posts/:id/discussion': at(
    ({ post }) => `/api/v1/posts/${post.id}/discussion`,
    ({ root }) => ({
      body: { state: 'open', slowModeSeconds: 0, pinnedCommentId: root.id, reason: 'r'.repeat(500) },
    }),
  ),
  'GET /api/v1/posts/:id/comments': (forum) => [
    ...threadAddresses(forum).map((path) => ({ path })),
    { path: `/api/v1/posts/${forum.post.id}/comments?${CURSOR}`, refused: 400 },
  ],
  'POST /api/v1/posts/:id/comments': at(
    ({ post }) => `/api/v1/posts/${post.id}/comments`,
    ({ root }) => ({
      body: { id: newId(), parentId: root.id, body: longText(77) },
    }),
  ),
  'POST /api/v1/inbound-mail': () => [{ path: '/api/v1/inbound-mail', mail: LARGEST_MAIL, refused: 401 }],
  'POST /api/v1/images': () => [
    {
      path: '/api/v1/images',
      parts: formOf([
        ['alt', longText(8, 1_000)],
        ['file', largestImage()],
      ]),
      refused: 400,
    },
    { path: '/api/v1/images', parts: formOf([['file', Buffer.alloc(MOST_IMAGE_UPLOAD_BYTES + 1)]]), refused: 413 },
  ],
  'DELETE /api/v1/images/:id': () => [{ path: `/api/v1/images/${newId()}`, refused: 404 }],
  'POST /api/v1/previews': at(
    () => '/api/v1/previews',
    () => ({ body: { body: longText(77) } }),
  ),
  'GET /api/v1/posts/:id/activity': at(({ post }) => `/api/v1/posts/${post.id}/activity`),
  'GET /api/v1/posts/:id/changes': at(({ post }) => `/api/v1/posts/${post.id}/changes?after=1&${LIST}`),
  'GET /api/v1/comments/:id': at(inApi(comment(''))),
  'PATCH /api/v1/comments/:id': at(inApi(comment('', 'deepest')), ({ deepest, writer }) => ({
    by: writer,
    body: { body: longText(78), revision: deepest.revision },
  })),
  'PUT /api/v1/comments/:id/language': at(inApi(comment('/language', 'root')), () => ({ body: { language: 'th' } })),
  'DELETE /api/v1/comments/:id': at(({ held }) => `/api/v1/comments/${held[2]?.id}`),
  'GET /api/v1/comments/:id/history': allInApi(marked('/history?limit=100')),
  'GET /api/v1/comments/:id/diff': allInApi(marked('/diff?from=0&to=29')),
  'PUT /api/v1/comments/:id/reactions/:kind': at(inApi(comment('/reactions/like'))),
  'DELETE /api/v1/comments/:id/reactions/:kind': at(inApi(comment('/reactions/like'))),
  'POST /api/v1/comments/:id/reports': at(inApi(comment('/reports')), () => ({
    body: { reason: 'other', note: longText(6, 1_000) },
  })),
  'POST /api/v1/comments/:id/decisions': at(inApi(comment('/decisions', 'deepest')), ({ deepest }) => ({
    body: { action: 'hold', reason: 'spam', note: NOTE, revision: deepest.revision + 1 },
  })),
  'GET /api/v1/moderation/queue': only(
    `/api/v1/moderation/queue?${LIST}`,
    `/api/v1/moderation/queue?list=held&${LIST}`,
  ),
  'GET /api/v1/moderation/cases/:id': at(({ held }) => `/api/v1/moderation/cases/${held[0]?.id}`),
  'POST /api/v1/moderation/decisions': at(
    () => '/api/v1/moderation/decisions',
    (forum) => ({ body: bulk(forum) }),
  ),
  'GET /api/v1/moderation/decisions/:id': at(({ decisionIds }) => `/api/v1/moderation/decisions/${decisionIds[0]}`),
  'POST /api/v1/moderation/decisions/:id/undo': at(
    ({ decisionIds }) => `/api/v1/moderation/decisions/${decisionIds[8]}/undo`,
    () => ({
      body: { note: NOTE },
    }),
  ),
  'POST /api/v1/moderation/bulk/:id/undo': at(
    ({ bulkIds }) => `/api/v1/moderation/bulk/${bulkIds[0]}/undo`,
    () => ({ body: { note: NOTE } }),
  ),
  'GET /api/v1/moderation/policy': only('/api/v1/moderation/policy'),
  'PUT /api/v1/moderation/policy': () => [
    { path: '/api/v1/moderation/policy', body: { version: POLICIES, note: 'n'.repeat(500), ...longPolicy() } },
    ...noPolicies('/api/v1/moderation/policy', (policy) => ({ version: POLICIES, ...policy })),
  ],
  'GET /api/v1/moderation/policy/versions': only(
    '/api/v1/moderation/policy/versions',
    `/api/v1/moderation/policy/versions?limit=100&cursor=${POLICIES}`,
  ),
  'POST /api/v1/moderation/policy/simulations': () => [
    { path: '/api/v1/moderation/policy/simulations', body: { policy: longPolicy() } },
    ...noPolicies('/api/v1/moderation/policy/simulations', (policy) => ({ policy })),
  ],
  'GET /api/v1/moderation/log': only(
    `/api/v1/moderation/log?${LIST}`,
    '/api/v1/moderation/log?format=csv',
    '/api/v1/moderation/log?format=json',
  ),
  'GET /api/v1/moderation/report': only(
    '/api/v1/moderation/report',
    '/api/v1/moderation/report?from=2015-01-01&to=2016-01-01',
  ),
  'GET /api/v1/moderation/public-log': only(`/api/v1/moderation/public-log?${LIST}`),
  'PUT /api/v1/moderation/claims/:id': at(({ held }) => `/api/v1/moderation/claims/${held[0]?.id}`),
  'DELETE /api/v1/moderation/claims/:id': at(({ held }) => `/api/v1/moderation/claims/${held[0]?.id}`),
  'GET /api/v1/moderation/appeals': only('/api/v1/moderation/appeals'),
  'POST /api/v1/moderation/appeals/:id': at(
    ({ warned }) => `/api/v1/moderation/appeals/${warned[0]?.sanctionId}`,
    ({ judge }) => ({
      by: judge,
      body: { outcome: 'refused', answer: NOTE },
    }),
  ),
  'GET /api/v1/members/:id/record': at(inApi((forum) => `${members(forum)}/record`)),
  'GET /api/v1/members/:id/comments': at(inApi((forum) => `${members(forum)}/comments?${LIST}`)),
  'GET /api/v1/members/:id/notes': at(inApi((forum) => `${members(forum)}/notes`)),
  'POST /api/v1/members/:id/notes': at(
    inApi((forum) => `${members(forum)}/notes`),
    () => ({ body: { text: longText(4, 5_000) } }),
  ),
  'POST /api/v1/members/:id/sanctions': at(
    inApi((forum) => `${members(forum)}/sanctions`),
    ({ root }) => ({
      body: { kind: 'pre-moderation', reason: 'spam', statement: NOTE, commentId: root.id, removeComments: 'none' },
    }),
  ),
  'DELETE /api/v1/members/:id/sanctions/:kind': at(inApi((forum) => `${members(forum)}/sanctions/pre-moderation`)),
  'GET /api/v1/members/me/sanctions': only('/api/v1/members/me/sanctions'),
  'POST /api/v1/members/me/sanctions/:id/acknowledgement': at(
    ({ warned }) => `/api/v1/members/me/sanctions/${warned[2]?.sanctionId}/acknowledgement`,
    warnedBy(2),
  ),
  'POST /api/v1/members/me/sanctions/:id/appeal': at(
    ({ warned }) => `/api/v1/members/me/sanctions/${warned[2]?.sanctionId}/appeal`,
    (forum) => ({
      ...warnedBy(2)(forum),
      body: { text: longText(2, 5_000) },
    }),
  ),
  'POST /api/v1/appeals': ({ banned }) => [
    {
      path: '/api/v1/appeals',
      body: { login: banned[0]?.member.handle, password: PASSWORD, text: longText(1, 5_000) },
    },
  ],
  'GET /api/v1/audit/events': only(
    '/api/v1/audit/events?limit=1000',
    '/api/v1/audit/events?format=ndjson',
    '/api/v1/audit/events?format=csv',
    '/api/v1/audit/events?type=CommentPosted&limit=1000',
  ),
  'GET /api/v1/audit/events/:position': at(({ policyPosition }) => `/api/v1/audit/events/${policyPosition}`),
  'GET /api/v1/audit/looks': only(`/api/v1/audit/looks?${LIST}`),
  'GET /api/v1/audit/days': only('/api/v1/audit/days'),
  'GET /api/v1/comments/:id/receipt': at(inApi(comment('/receipt'))),
  'GET /api/v1/audit/checkpoint': only('/api/v1/audit/checkpoint'),
  'GET /api/v1/audit/checkpoints': only('/api/v1/audit/checkpoints'),
  'GET /api/v1/audit/key': only('/api/v1/audit/key'),
  'GET /api/v1/audit/keys': only('/api/v1/audit/keys'),
  'GET /api/v1/audit/proofs/inclusion': only('/api/v1/audit/proofs/inclusion?position=20'),
  'GET /api/v1/audit/proofs/consistency': only('/api/v1/audit/proofs/consistency?from=1&to=1000'),
  'GET /api/v1/audit/tlog/checkpoint': only('/api/v1/audit/tlog/checkpoint'),
  'GET /api/v1/audit/tlog/tile/*': only('/api/v1/audit/tlog/tile/0/000', '/api/v1/audit/tlog/tile/entries/000'),
  'GET /api/v1/audit/views': only('/api/v1/audit/views'),
  'POST /api/v1/audit/views/:name/verifications': only('/api/v1/audit/views/thread/verifications'),
  'GET /api/v1/openapi.json': only('/api/v1/openapi.json'),
  'GET /api/v1/docs': only('/api/v1/docs'),
  'GET /health/live': only('/health/live'),
  'GET /health/ready': only('/health/ready'),
  'GET /metrics': only('/metrics'),

  'GET /': () => [{ path: '/' }, { path: '/?cursor=zz', refused: 400 }],
  'GET /tags/:tag': only(`/tags/${'t'.repeat(50)}`),
  'GET /archive': only('/archive'),
  'GET /archive/sites': () => [{ path: '/archive/sites' }, { path: '/archive/sites?site=nowhere', refused: 404 }],
  'GET /search': only('/search?q=the&sort=newest'),
  'GET /archive/:year/:month': () => {
    const now = new Date().toISOString();
    return [{ path: `/archive/${now.slice(0, 4)}/${now.slice(5, 7)}` }];
  },
  'GET /posts/:slug': ({ post, position, root, marked: { post: marks } }) => [
    ...['', '?sort=newest', '?sort=best', `?at=${position}`, '?since=1', `?answer=${root.id}`].map((query) => ({
      path: `/posts/${post.slug}${query}`,
    })),
    ...['', '?sort=newest', `?at=${position}`, '?since=1'].map((query) => ({ path: `/posts/${marks.slug}${query}` })),
  ],
  'POST /posts/:slug/comments': at(
    ({ post }) => `/posts/${post.slug}/comments`,
    ({ root }) => ({
      form: { id: newId(), parentId: root.id, body: longText(79) },
    }),
  ),
  'GET /comments/:id': all(marked('')),
  'GET /comments/:id/edit': at(comment('/edit', 'root'), ({ writer }) => ({ by: writer })),
  'POST /comments/:id/edit': at(comment('/edit', 'root'), ({ root, writer }) => ({
    by: writer,
    form: { body: longText(80), revision: String(root.revision) },
  })),
  'GET /languages': at(() => '/languages?next=%2F'),
  'POST /languages': at(
    () => '/languages',
    () => ({ form: { 'reads-th': '1' } }),
  ),
  'GET /comments/:id/language': at(comment('/language'), ({ writer }) => ({ by: writer })),
  'POST /comments/:id/language': at(comment('/language', 'root'), () => ({ form: { language: 'th' } })),
  'GET /comments/:id/remove': at(comment('/remove'), ({ writer }) => ({ by: writer })),
  'POST /comments/:id/remove': at(({ held }) => `/comments/${held[3]?.id}/remove`),
  'POST /comments/:id/reactions': at(comment('/reactions'), () => ({ form: { kind: 'like', own: '' } })),
  'GET /comments/:id/history': all(marked('/history')),
  'GET /members/:handle': only('/members/long-writer', '/members/mark-writer'),
  'GET /register': only('/register'),
  'POST /register': () => [{ path: '/register', form: newMember(2) }],
  'GET /sign-in': only('/sign-in'),
  'POST /sign-in': () => [
    { path: '/sign-in', form: { login: 'long-writer', password: PASSWORD } },
    { path: '/sign-in', form: { login: 'x'.repeat(254), password: 'y'.repeat(200) }, refused: 401 },
  ],
  // The forum of this test has no providers, so nobody is at these addresses.
  'GET /sign-in/oidc/:name': () => [{ path: '/sign-in/oidc/nobody', refused: 404 }],
  'GET /sign-in/oidc/:name/callback': () => [
    { path: `/sign-in/oidc/nobody/callback?code=${'x'.repeat(2_000)}`, refused: 404 },
  ],
  'GET /sign-in/oidc/:name/new': () => [{ path: '/sign-in/oidc/nobody/new', refused: 404 }],
  'POST /sign-in/oidc/:name/new': () => [{ path: '/sign-in/oidc/nobody/new', form: { handle: 'x' }, refused: 404 }],
  'GET /settings/providers/:name': () => [{ path: '/settings/providers/nobody', refused: 404 }],
  'POST /settings/providers/:name': () => [
    { path: '/settings/providers/nobody', form: { act: 'unlink' }, refused: 404 },
  ],
  'GET /admin/invitations': () => [
    { path: '/admin/invitations' },
    { path: `/admin/invitations?${CURSOR}`, refused: 400 },
  ],
  'POST /admin/invitations': () => [
    { path: '/admin/invitations', form: { email: '', note: longText(5, 500), days: '90', roles: 'editor' } },
    { path: '/admin/invitations', form: { email: '', note: NOTE, days: '90' }, refused: 400 },
  ],
  'POST /admin/invitations/:id/withdraw': () => [
    { path: `/admin/invitations/${newId()}/withdraw`, form: {}, refused: 404 },
  ],
  'GET /moderation/newcomers': only('/moderation/newcomers'),
  'POST /moderation/newcomers/:id': () => [
    { path: `/moderation/newcomers/${newId()}`, form: { state: 'refused', reason: NOTE }, refused: 404 },
  ],
  'POST /api/v1/invitations': () => [{ path: '/api/v1/invitations', body: { note: longText(5, 500) } }],
  'GET /api/v1/invitations': only(`/api/v1/invitations?${LIST}`),
  'GET /leave/:token': () => [{ path: `/leave/${'a'.repeat(44)}`, refused: 404 }],
  'POST /leave/:token': () => [{ path: `/leave/${'a'.repeat(44)}`, form: {}, refused: 404 }],
  'GET /notifications': only('/notifications', '/notifications?filter=unread'),
  'POST /notifications/read': at(
    () => '/notifications/read',
    ({ position }) => ({ form: { upTo: position } }),
  ),
  'POST /notifications/attention': at(
    () => '/notifications/attention',
    ({ post }) => ({ form: { post: post.id, act: 'unmute' } }),
  ),
  'POST /settings/notifications/visits': at(
    () => '/settings/notifications/visits',
    () => ({ form: { kept: '1' } }),
  ),
  'POST /settings/notifications/devices/:id/remove': () => [
    { path: `/settings/notifications/devices/${newId()}/remove`, form: {}, refused: 404 },
  ],
  'GET /drafts': only('/drafts'),
  'POST /drafts/drop': at(
    () => '/drafts/drop',
    ({ post, deepest }) => ({ form: { postId: post.id, parentId: deepest.id } }),
  ),
  'GET /bookmarks': only('/bookmarks'),
  'POST /bookmarks': at(
    () => '/bookmarks',
    ({ deepest }) => ({ form: { add: deepest.id } }),
  ),
  'GET /settings/notifications': only('/settings/notifications'),
  'POST /settings/notifications': () => [
    {
      path: '/settings/notifications',
      form: { 'reply.inbox': '1', followOwn: '1', from: '22:00', to: '7', zone: 'UTC' },
      refused: 400,
    },
  ],
  'POST /settings/page': () => [{ path: '/settings/page', form: { hidden: '' } }],
  'GET /settings/attention': only('/settings/attention'),
  'POST /settings/attention': at(
    () => '/settings/attention',
    ({ post }) => ({ form: { id: post.id, act: 'unmute' } }),
  ),
  'GET /api/v1/members/me/follows': only(`/api/v1/members/me/follows?${LIST}`),
  'GET /api/v1/members/me/mutes': only(`/api/v1/members/me/mutes?${LIST}`),
  'GET /api/v1/members/me/ignores': only(`/api/v1/members/me/ignores?${LIST}`),
  'GET /api/v1/members/me/notifications': only('/api/v1/members/me/notifications'),
  'PUT /api/v1/members/me/notifications': () => [
    { path: '/api/v1/members/me/notifications', body: { ways: EVERY_WAY, timeZone: 'Asia/Bangkok' } },
    { path: '/api/v1/members/me/notifications', body: { ways: strangers(1_900) }, refused: 400 },
  ],
  'GET /api/v1/members/me/push': only('/api/v1/members/me/push'),
  'PUT /api/v1/members/me/push': () => [
    { path: '/api/v1/members/me/push', body: new PushTestDevice(`https://push.example/${'e'.repeat(2_000)}`).wish },
    { path: '/api/v1/members/me/push', body: new PushTestDevice('https://[::1]/').wish, refused: 400 },
  ],
  'DELETE /api/v1/members/me/push/:id': () => [{ path: `/api/v1/members/me/push/${newId()}`, refused: 404 }],
  'GET /api/v1/notifications': only(`/api/v1/notifications?${LIST}`),
  'PUT /api/v1/notifications/read': at(
    () => '/api/v1/notifications/read',
    ({ position }) => ({ body: { upTo: position } }),
  ),
  'PUT /api/v1/posts/:id/follow': at(inApi(({ post }) => `/posts/${post.id}/follow`)),
  'DELETE /api/v1/posts/:id/follow': at(inApi(({ post }) => `/posts/${post.id}/follow`)),
  'PUT /api/v1/posts/:id/mute': at(inApi(({ post }) => `/posts/${post.id}/mute`)),
  'DELETE /api/v1/posts/:id/mute': at(inApi(({ post }) => `/posts/${post.id}/mute`)),
  'PUT /api/v1/members/:id/ignore': at(inApi((forum) => `${members(forum)}/ignore`)),
  'DELETE /api/v1/members/:id/ignore': at(inApi((forum) => `${members(forum)}/ignore`)),
  'GET /api/v1/members/me/drafts': only('/api/v1/members/me/drafts'),
  'PUT /api/v1/members/me/drafts': at(
    () => '/api/v1/members/me/drafts',
    ({ post, deepest }) => ({ body: { postId: post.id, parentId: deepest.id, body: longText(5, 10_000) } }),
  ),
  'DELETE /api/v1/members/me/drafts': at(
    ({ post, deepest }) => `/api/v1/members/me/drafts?postId=${post.id}&parentId=${deepest.id}`,
  ),
  'POST /api/v1/post-previews': at(
    () => '/api/v1/post-previews',
    () => ({ body: { body: longText(77, 200_000) } }),
  ),
  'PUT /api/v1/post-drafts/:id': at(
    () => `/api/v1/post-drafts/${newId()}`,
    () => ({ body: longPost(5) }),
  ),
  'GET /api/v1/posts/:id/preview-links': at(({ post }) => `/api/v1/posts/${post.id}/preview-links`),
  'POST /api/v1/posts/:id/preview-links': at(
    ({ post }) => `/api/v1/posts/${post.id}/preview-links`,
    () => ({ body: { days: 365 } }),
  ),
  'DELETE /api/v1/preview-links/:id': () => [{ path: `/api/v1/preview-links/${newId()}`, refused: 404 }],
  'GET /preview/:token': () => [{ path: `/preview/${'a'.repeat(43)}`, refused: 404 }],
  'POST /api/v1/post-drafts/from-period': at(
    () => '/api/v1/post-drafts/from-period',
    () => ({ body: lastYear() }),
  ),
  'GET /api/v1/post-drafts': only('/api/v1/post-drafts?limit=20'),
  'GET /api/v1/post-drafts/:id': at(
    ({ post }) => `/api/v1/post-drafts/${post.id}`,
    () => ({ refused: 404 }),
  ),
  'DELETE /api/v1/post-drafts/:id': at(() => `/api/v1/post-drafts/${newId()}?over=1`),
  'GET /api/v1/bookmarks': only(`/api/v1/bookmarks?${LIST}`),
  'PUT /api/v1/posts/:id/asking': at(inApi(({ post }) => `/posts/${post.id}/asking`)),
  'PUT /api/v1/comments/:id/accepted': at(inApi(comment('/accepted', 'root'))),
  'DELETE /api/v1/comments/:id/accepted': at(inApi(comment('/accepted', 'root'))),
  'DELETE /api/v1/posts/:id/asking': at(inApi(({ post }) => `/posts/${post.id}/asking`)),
  'PUT /api/v1/comments/:id/featured': at(inApi(comment('/featured', 'root'))),
  'DELETE /api/v1/comments/:id/featured': at(inApi(comment('/featured', 'root'))),
  'POST /api/v1/comments/:id/translations': at(inApi(comment('/translations', 'root')), () => ({
    body: { language: 'lo', body: longText(79), sourceRevision: 0 },
  })),
  'GET /api/v1/comments/:id/translations': at(inApi(comment('/translations', 'root'))),
  'POST /api/v1/posts/:id/translations': at(
    inApi(({ post }) => `/posts/${post.id}/translations`),
    // One change of it was sent to the API.
    ({ post }) => ({
      body: {
        language: 'th',
        title: 'ก'.repeat(200),
        body: longText(80, 200_000),
        sourceRevision: post.revision + 1,
      },
    }),
  ),
  'GET /api/v1/posts/:id/translations': at(inApi(({ post }) => `/posts/${post.id}/translations`)),
  'DELETE /api/v1/translations/:id': () => [{ path: `/api/v1/translations/${newId()}`, refused: 404 }],
  'POST /api/v1/translations/:id/removal': () => [
    { path: `/api/v1/translations/${newId()}/removal`, body: { reason: 'spam' }, refused: 404 },
  ],
  'POST /api/v1/translations/:id/reports': () => [
    {
      path: `/api/v1/translations/${newId()}/reports`,
      body: { reason: 'other', note: longText(83, 1_000) },
      refused: 404,
    },
  ],
  'GET /api/v1/moderation/translations': only('/api/v1/moderation/translations'),
  'POST /api/v1/moderation/translations/:id/dismissal': () => [
    { path: `/api/v1/moderation/translations/${newId()}/dismissal`, body: { revision: 0 }, refused: 404 },
  ],
  'GET /translations/:id/report': () => [{ path: `/translations/${newId()}/report`, refused: 404 }],
  'POST /translations/:id/report': () => [
    { path: `/translations/${newId()}/report`, form: { reason: 'other', note: longText(84, 1_000) }, refused: 404 },
  ],
  'GET /moderation/translations': only('/moderation/translations'),
  'POST /moderation/translations/:id': () => [
    { path: `/moderation/translations/${newId()}`, form: { action: 'keep', revision: '0' }, refused: 404 },
  ],
  'GET /comments/:id/translations': at(comment('/translations', 'root')),
  'POST /comments/:id/translations': at(comment('/translations', 'root'), () => ({
    form: { language: 'km', body: longText(81), sourceRevision: '0' },
  })),
  'GET /posts/:slug/translations': at(({ post }) => `/posts/${post.slug}/translations`),
  'POST /posts/:slug/translations': at(
    ({ post }) => `/posts/${post.slug}/translations`,
    () => ({
      form: { language: 'vi', title: 'Nhan đề', body: longText(82, 200_000), sourceRevision: '0' },
      refused: 409,
    }),
  ),
  'POST /translations/:id/remove': () => [{ path: `/translations/${newId()}/remove`, form: {}, refused: 404 }],
  'PUT /api/v1/comments/:id/bookmark': at(inApi(({ deepest }) => `/comments/${deepest.id}/bookmark`)),
  'DELETE /api/v1/comments/:id/bookmark': at(inApi(({ deepest }) => `/comments/${deepest.id}/bookmark`)),
  'PUT /api/v1/posts/:id/visit': at(
    inApi(({ post }) => `/posts/${post.id}/visit`),
    ({ position }) => ({ body: { position } }),
  ),
  'PUT /api/v1/posts/:id/bookmark': at(inApi(({ post }) => `/posts/${post.id}/bookmark`)),
  'DELETE /api/v1/posts/:id/bookmark': at(inApi(({ post }) => `/posts/${post.id}/bookmark`)),
  'GET /api/v1/members/me/data': only('/api/v1/members/me/data'),
  'POST /api/v1/members/me/erasure': () => [
    { path: '/api/v1/members/me/erasure', body: { comments: 'remove', link: 'a'.repeat(100) }, refused: 404 },
  ],
  'POST /api/v1/members/:id/erasure': () => [
    { path: `/api/v1/members/${newId()}/erasure`, body: { comments: 'keep' }, refused: 404 },
  ],
  'POST /api/v1/erasures': () => [{ path: '/api/v1/erasures', body: { name: 'n'.repeat(50) } }],
  'GET /api/v1/erasures/:id': () => [{ path: `/api/v1/erasures/${newId()}`, refused: 404 }],
  'DELETE /api/v1/erasures/:id': () => [{ path: `/api/v1/erasures/${newId()}`, refused: 404 }],
  'POST /api/v1/comments/:id/purge': () => [
    { path: `/api/v1/comments/${newId()}/purge`, body: { reason: 'r'.repeat(500) }, refused: 404 },
  ],
  'DELETE /api/v1/invitations/:id': () => [{ path: `/api/v1/invitations/${newId()}`, refused: 404 }],
  'PUT /api/v1/members/:id/membership': () => [
    { path: `/api/v1/members/${newId()}/membership`, body: { state: 'active' }, refused: 404 },
  ],
  'POST /sign-out': at(
    () => '/sign-out',
    ({ writer }) => ({ by: writer }),
  ),
  'GET /sign-out': only('/sign-out'),
  // Only the demo has it.
  'GET /newsletter': only('/newsletter', '/newsletter?sent=1'),
  'GET /newsletter/archive': only('/newsletter/archive'),
  'GET /newsletter/issues': only('/newsletter/issues'),
  'POST /newsletter': () => [{ path: '/newsletter', form: { email: LONG_EMAIL } }],
  'GET /forgot': only('/forgot', '/forgot?sent=1'),
  'POST /forgot': () => [{ path: '/forgot', form: { email: LONG_EMAIL } }],
  'GET /reset/:token': all(({ links }) => [`/reset/${links.resets[1]}`]),
  'POST /reset/:token': at(
    ({ links }) => `/reset/${links.resets[1]}`,
    () => ({ form: { password: LONG_PASSWORD } }),
  ),
  'GET /confirm/:token': all(({ links }) => [`/confirm/${links.confirm}`]),
  'POST /confirm/:token': at(
    ({ links }) => `/confirm/${links.confirm}`,
    () => ({ form: {} }),
  ),
  'GET /stay/:token': () => [{ path: `/stay/${UNKNOWN_LINK}`, refused: 404 }],
  'POST /stay/:token': () => [{ path: `/stay/${UNKNOWN_LINK}`, form: {}, refused: 404 }],
  'GET /sign-in/link': only('/sign-in/link', '/sign-in/link?sent=1'),
  'POST /sign-in/link': () => [{ path: '/sign-in/link', form: { email: LONG_EMAIL } }],
  'GET /sign-in/link/:token': () => [{ path: `/sign-in/link/${UNKNOWN_LINK}`, refused: 404 }],
  'POST /sign-in/link/:token': () => [{ path: `/sign-in/link/${UNKNOWN_LINK}`, form: {}, refused: 404 }],
  'POST /settings/email': () => [{ path: '/settings/email', form: { email: 'not an address' }, refused: 400 }],
  'POST /settings/confirmation': () => [{ path: '/settings/confirmation', form: {} }],
  'POST /demo/sign-in': () => [{ path: '/demo/sign-in', form: { handle: 'the-admin' }, refused: 404 }],
  'POST /locale': () => [{ path: '/locale', form: { locale: 'lo', next: `/${'n'.repeat(2_000)}` } }],
  'GET /settings/data': only('/settings/data'),
  'GET /settings/images': only('/settings/images'),
  'POST /settings/images': () => [{ path: '/settings/images', form: { remove: newId() }, refused: 404 }],
  'POST /settings/data/erasure': () => [
    { path: '/settings/data/erasure', form: { password: 'p'.repeat(100) }, refused: 400 },
  ],
  'POST /settings/data/erasure/:id/back': () => [
    { path: `/settings/data/erasure/${newId()}/back`, form: {}, refused: 404 },
  ],
  'GET /erasures/:id': () => [{ path: `/erasures/${newId()}`, refused: 404 }],
  'GET /admin/erasures': only('/admin/erasures'),
  'POST /admin/erasures': () => [{ path: '/admin/erasures', form: { name: 'n'.repeat(80) } }],
  'GET /admin/members/:id/erasure': ({ writer }) => [{ path: `/admin/members/${writer.member.id}/erasure` }],
  'POST /admin/members/:id/erasure': () => [
    { path: `/admin/members/${newId()}/erasure`, form: { comments: 'keep' }, refused: 404 },
  ],
  'POST /moderation/cases/:id/purge': () => [
    { path: `/moderation/cases/${newId()}/purge`, form: { reason: 'r'.repeat(500) }, refused: 404 },
  ],
  'GET /settings/comments': only('/settings/comments'),
  'POST /settings/comments': () => [{ path: '/settings/comments', form: {} }],
  'GET /register/done': only('/register/done'),
  'GET /settings/devices': only(`/settings/devices`),
  'POST /settings/devices/:id/end': () => [{ path: `/settings/devices/${newId()}/end`, form: {}, refused: 404 }],
  'GET /settings/sign-in': only('/settings/sign-in'),
  'POST /settings/sign-in/second-factor': () => [{ path: '/settings/sign-in/second-factor', form: {} }],
  'POST /settings/sign-in/second-factor/confirm': () => [
    { path: '/settings/sign-in/second-factor/confirm', form: { code: '1 '.repeat(20) }, refused: 400 },
  ],
  'POST /settings/sign-in/second-factor/off': () => [
    { path: '/settings/sign-in/second-factor/off', form: { code: 'a'.repeat(40) }, refused: 400 },
  ],
  'POST /settings/sign-in/passkeys/:id/remove': () => [
    { path: `/settings/sign-in/passkeys/${newId()}/remove`, form: {}, refused: 404 },
  ],
  'GET /settings': only('/settings'),
  'POST /settings': () => [{ path: '/settings', form: { displayName: 'ก'.repeat(80), locale: 'th' } }],
  'GET /images/new': only('/images/new'),
  'POST /images/new': ({ post }) => [
    {
      path: `/images/new?to=${encodeURIComponent(`/posts/${post.slug}/comments`)}`,
      form: { body: longText(77), parentId: '', sort: 'oldest' },
    },
    {
      path: '/images/new',
      parts: formOf([
        ['body', longText(77)],
        ['to', `/posts/${post.slug}/comments`],
        ['alt', longText(8, 1_000)],
        ['file', largestImage()],
      ]),
      refused: 400,
    },
  ],
  'GET /write': only('/write'),
  'POST /write': () => [{ path: '/write', form: writeForm() }],
  'GET /write/withdrawn': only('/write/withdrawn'),
  'GET /write/:id/links': at(({ post }) => `/write/${post.id}/links`),
  'POST /write/:id/links': at(
    ({ post }) => `/write/${post.id}/links`,
    () => ({ form: { days: '365' } }),
  ),
  'GET /write/from-month': only('/write/from-month'),
  'POST /write/from-month': at(
    () => '/write/from-month',
    () => ({ form: { month: '', ...lastYear() } }),
  ),
  'GET /write/:id': at(
    () => `/write/${newId()}`,
    () => ({ refused: 404 }),
  ),
  'POST /write/:id/drop': at(
    () => `/write/${newId()}/drop`,
    () => ({ form: { over: '1' } }),
  ),
  'GET /posts/:slug/issue': () => [{ path: '/posts/no-issue/issue', refused: 404 }],
  'POST /posts/:slug/issue': () => [{ path: '/posts/no-issue/issue', form: { do: 'test' }, refused: 404 }],
  'GET /posts/:slug/edit': at(({ post }) => `/posts/${post.slug}/edit`),
  'GET /posts/:slug/withdraw': at(({ other }) => `/posts/${other.slug}/withdraw`),
  'POST /posts/:slug/withdraw': at(
    ({ other }) => `/posts/${other.slug}/withdraw`,
    () => ({ form: {} }),
  ),
  'GET /posts/:slug/bring-back': at(({ other }) => `/posts/${other.slug}/bring-back`),
  'POST /posts/:slug/bring-back': at(
    ({ other }) => `/posts/${other.slug}/bring-back`,
    () => ({ form: {} }),
  ),
  'GET /posts/:slug/revisions': at(({ post }) => `/posts/${post.slug}/revisions`),
  'POST /posts/:slug/revisions': at(
    ({ post }) => `/posts/${post.slug}/revisions`,
    // One change of it was sent to the API.
    ({ post }) => ({ form: { revision: '0', seen: String(post.revision + 1) } }),
  ),
  'POST /posts/:slug/edit': at(
    ({ post }) => `/posts/${post.slug}/edit`,
    () => ({ form: writeForm() }),
  ),
  'GET /moderation': only('/moderation'),
  'GET /moderation/queue': only('/moderation/queue', '/moderation/queue?list=held'),
  'GET /moderation/cases/:id': at(({ held }) => `/moderation/cases/${held[1]?.id}`),
  'POST /moderation/cases/:id': at(
    ({ held }) => `/moderation/cases/${held[1]?.id}`,
    () => ({
      form: { action: 'approve', note: NOTE, revision: '1' },
    }),
  ),
  'POST /moderation/decisions': at(
    () => '/moderation/decisions',
    ({ held }) => ({
      form: { item: `${held[5]?.id}:1`, action: 'approve', note: NOTE },
    }),
  ),
  'POST /moderation/decisions/:id/undo': at(({ decisionIds }) => `/moderation/decisions/${decisionIds[9]}/undo`),
  'POST /moderation/bulk/:id/undo': at(({ bulkIds }) => `/moderation/bulk/${bulkIds[1]}/undo`),
  'GET /moderation/members/:handle': all((forum) => [record(forum), '/moderation/members/mark-writer']),
  'POST /moderation/members/:handle/sanctions': at(
    (forum) => `${record(forum)}/sanctions`,
    () => ({
      form: { kind: 'warning', reason: 'spam', statement: NOTE },
    }),
  ),
  'POST /moderation/members/:handle/lift': at(
    (forum) => `${record(forum)}/lift`,
    () => ({ form: { kind: 'ban' } }),
  ),
  'POST /moderation/members/:handle/notes': at(
    (forum) => `${record(forum)}/notes`,
    () => ({ form: { text: longText(9, 2_000) } }),
  ),
  'GET /moderation/appeals': only('/moderation/appeals'),
  'POST /moderation/appeals/:id': at(
    ({ warned }) => `/moderation/appeals/${warned[1]?.sanctionId}`,
    ({ judge }) => ({
      by: judge,
      form: { outcome: 'refused', answer: NOTE },
    }),
  ),
  'GET /comments/:id/report': all(marked('/report')),
  'POST /posts/:slug/asking': at(
    ({ post }) => `/posts/${post.slug}/asking`,
    () => ({ form: { asks: '1' } }),
  ),
  'POST /comments/:id/accepted': at(comment('/accepted', 'root'), () => ({ form: { accepted: '1' } })),
  'POST /comments/:id/featured': at(comment('/featured', 'root'), () => ({ form: { featured: '1' } })),
  'POST /comments/:id/pin': at(comment('/pin', 'root'), () => ({ form: {} })),
  'POST /comments/:id/report': at(comment('/report', 'root'), () => ({
    form: { reason: 'other', note: longText(5, 1_000) },
  })),
  'POST /settings/sanctions/:id/acknowledgement': at(
    ({ warned }) => `/settings/sanctions/${warned[3]?.sanctionId}/acknowledgement`,
    warnedBy(3),
  ),
  'POST /settings/sanctions/:id/appeal': at(
    ({ warned }) => `/settings/sanctions/${warned[3]?.sanctionId}/appeal`,
    (forum) => ({
      ...warnedBy(3)(forum),
      form: { text: longText(5, 5_000) },
    }),
  ),
  'GET /appeal': only('/appeal'),
  'POST /appeal': ({ banned }) => [
    {
      path: '/appeal',
      form: { login: banned[1]?.member.handle ?? '', password: PASSWORD, text: longText(7, 5_000) },
    },
  ],
  'GET /moderation/decisions/:id': at(({ decisionIds }) => `/moderation/decisions/${decisionIds[0]}`),
  'GET /moderation/policy': only('/moderation/policy', `/moderation/policy?before=${POLICIES - 10}`),
  'POST /moderation/policy': () => [
    { path: '/moderation/policy', form: policyForm(`${POLICIES + 1}`) },
    {
      path: '/moderation/policy',
      form: Object.fromEntries(Object.entries(strangers(400_000)).map(([k]) => [k, ''])),
      refused: 413,
    },
    {
      path: '/moderation/policy',
      form: { 'banned-words.words': '\n'.repeat(800_000), version: `${POLICIES + 1}` },
      refused: 400,
    },
  ],
  'POST /moderation/policy/back': () => [
    { path: '/moderation/policy/back', form: { restores: '1', version: `${POLICIES + 2}` } },
  ],
  'POST /moderation/policy/rehearsals': () => [
    { path: '/moderation/policy/rehearsals', form: policyForm(`${POLICIES + 2}`) },
  ],
  'GET /moderation/discussions/:slug': at(({ post }) => `/moderation/discussions/${post.slug}`),
  'POST /moderation/discussions/:slug': at(
    ({ post }) => `/moderation/discussions/${post.slug}`,
    () => ({
      form: { state: 'open', slowModeSeconds: '0', reason: 'r'.repeat(500) },
    }),
  ),
  'GET /moderation/log': only('/moderation/log'),
  'GET /moderation-log': only('/moderation-log'),
  'GET /moderation/report': only('/moderation/report'),
  'GET /receipts/:id': all(({ edited, marked: { unclosed } }) => [edited, unclosed].map(({ id }) => `/receipts/${id}`)),
  'GET /admin': only('/admin'),
  'GET /api/v1/members': only('/api/v1/members', '/api/v1/members?q=writer'),
  'GET /admin/members': only('/admin/members', '/admin/members?q=writer'),
  'POST /admin/members/:id/roles': () => [
    { path: '/admin/members/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02/roles', form: { 'role-editor': '1' }, refused: 404 },
  ],
  'POST /admin/members/:id/sessions': () => [
    { path: '/admin/members/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02/sessions', form: {}, refused: 404 },
  ],
  'POST /admin/members/:id/second-factor': () => [
    { path: '/admin/members/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02/second-factor', form: {}, refused: 404 },
  ],
  'GET /admin/settings': only('/admin/settings'),
  'GET /admin/status': only('/admin/status'),
  'GET /admin/import': only('/admin/import'),
  'POST /admin/import': () => [
    { path: '/admin/import', form: { sites: 'https://blog.example\n'.repeat(500) }, refused: 400 },
    { path: '/admin/import', parts: formOf([['chosen', longText(5, 16_000)]]), refused: 404 },
    { path: '/admin/import', parts: formOf([['file', '']]), refused: 400 },
  ],
  'GET /admin/import/:id': () => [{ path: `/admin/import/${UNKNOWN_IMPORT}`, refused: 404 }],
  'POST /admin/import/:id': () => [{ path: `/admin/import/${UNKNOWN_IMPORT}`, form: { do: 'bring' }, refused: 404 }],
  'GET /admin/import/:id/left-out': () => [{ path: `/admin/import/${UNKNOWN_IMPORT}/left-out`, refused: 404 }],
  'GET /admin/integrations': only('/admin/integrations'),
  'POST /admin/settings': () => [{ path: '/admin/settings', form: { part: 'joining', registration: 'open' } }],
  'GET /about': () => [{ path: '/about', refused: 404 }],
  'GET /rules': () => [{ path: '/rules', refused: 404 }],
  'GET /privacy': only('/privacy'),
  'GET /imprint': () => [{ path: '/imprint', refused: 404 }],
  'GET /welcome': only('/welcome'),
  'POST /welcome': () => [{ path: '/welcome', form: { founderCode: 'x'.repeat(1_000) } }],
  'GET /brand/:file': only('/brand/accent-0c5c5c.css'),
  'GET /api/v1/site': only('/api/v1/site'),
  'POST /api/v1/site/page-moves': () => [{ path: '/api/v1/site/page-moves', body: { pageAliases: [] } }],
  'PATCH /api/v1/site': () => [{ path: '/api/v1/site', body: { name: 'Another name' } }],
  'GET /admin/outbox': at(({ forum }) => `/admin/outbox?before=${largestMail(forum)}`),
  'POST /admin/outbox/tests': () => [{ path: '/admin/outbox/tests', form: {} }],
  'POST /admin/outbox/retries': () => [{ path: '/admin/outbox/retries', form: { mail: 'all' } }],
  'GET /admin/outbox/:name': at(({ forum }) => `/admin/outbox/${largestMail(forum)}`),
  'GET /admin/outbox/:name/html': at(({ forum }) => `/admin/outbox/${largestMail(forum)}/html`),
  'GET /admin/outbox/:name/raw': at(({ forum }) => `/admin/outbox/${largestMail(forum)}/raw`),
  'GET /audit': only('/audit'),
  'GET /audit/events': only('/audit/events', '/audit/events?type=CommentPosted'),
  'GET /audit/events/:position': ({ policyPosition }) =>
    ['30', '40', policyPosition].map((position) => ({ path: `/audit/events/${position}` })),
  // One of these is made at a time, and those below are not waited for.
  'POST /audit/scratch': () => [{ path: '/audit/scratch', form: { until: '100' } }],
  'POST /audit/events/:position/touched': only('/audit/events/30/touched'),
  'GET /audit/views': only('/audit/views'),
  'POST /audit/views/verifications': only('/audit/views/verifications'),
  'POST /audit/views/:name/verifications': only('/audit/views/thread/verifications'),
  // Areas are made while the forum runs, and their pages are those of the thread.
  'GET /audit/scratch/:id': () => [{ path: `/audit/scratch/${newId()}`, refused: 404 }],
  'GET /audit/scratch/:id/posts/:postId': () => [{ path: `/audit/scratch/${newId()}/posts/${newId()}`, refused: 404 }],
  'POST /audit/scratch/:id/drop': only(`/audit/scratch/${newId()}/drop`),
  'GET /audit/log': only('/audit/log'),
  'GET /audit/verify': only('/audit/verify'),
  'POST /audit/verify': () => [
    { path: '/audit/verify', form: { checkpoint: 'c'.repeat(20_000), receipt: 'r'.repeat(20_000) } },
  ],
  'GET /audit/verifier.mjs': only('/audit/verifier.mjs'),
  'GET /images/:file': () => [{ path: '/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01-1600.avif', refused: 404 }],
  'GET /feed.xml': only('/feed.xml'),
  'GET /feed.atom': only('/feed.atom'),
  'GET /feed.json': only('/feed.json'),
  'GET /posts/:slug/feed.xml': at(({ post }) => `/posts/${post.slug}/feed.xml`),
  'GET /posts/:slug/feed.atom': at(({ post }) => `/posts/${post.slug}/feed.atom`),
  'GET /posts/:slug/feed.json': at(({ post }) => `/posts/${post.slug}/feed.json`),
  'GET /tags/:tag/feed.xml': only('/tags/a/feed.xml', `/tags/${SEARCHED}/feed.xml`),
  'GET /tags/:tag/feed.atom': only('/tags/a/feed.atom', `/tags/${SEARCHED}/feed.atom`),
  'GET /tags/:tag/feed.json': only('/tags/a/feed.json', `/tags/${SEARCHED}/feed.json`),
  'GET /members/:handle/feed.xml': at(({ writer }) => `/members/${writer.member.handle}/feed.xml`),
  'GET /members/:handle/feed.atom': at(({ writer }) => `/members/${writer.member.handle}/feed.atom`),
  'GET /members/:handle/feed.json': at(({ writer }) => `/members/${writer.member.handle}/feed.json`),
  'GET /sitemap.xml': only('/sitemap.xml'),
  'GET /sitemap-:part': only('/sitemap-lists.xml', '/sitemap-1.xml'),
  'GET /robots.txt': only('/robots.txt'),
  'GET /embed': () => [{ path: `/embed?url=${encodeURIComponent('https://blog.example/')}`, refused: 403 }],
  'POST /embed/comments': () => [
    {
      path: '/embed/comments',
      form: { frame: '/embed?url=https%3A%2F%2Fblog.example%2F', body: 'A text' },
      refused: 403,
    },
  ],
  'GET /embed/sign-in': () => [
    { path: `/embed/sign-in?host=https%3A%2F%2Fblog.example&challenge=${'A'.repeat(43)}`, refused: 403 },
  ],
  'POST /embed/sign-in': () => [
    { path: '/embed/sign-in', form: { host: 'https://blog.example', challenge: 'A'.repeat(43) }, refused: 403 },
  ],
  'POST /embed/sessions': () => [
    {
      path: '/embed/sessions',
      form: { code: 'A'.repeat(1_000), verifier: 'v', url: 'https://blog.example/' },
      refused: 403,
    },
  ],
  'POST /embed/sign-out': at(
    () => '/embed/sign-out',
    ({ writer }) => ({ by: writer, form: { frame: '/embed?url=https%3A%2F%2Fblog.example%2F' } }),
  ),
  'GET /sw.js': only('/sw.js'),
  'GET /manifest.webmanifest': only('/manifest.webmanifest'),
  'GET /.well-known/security.txt': () => [{ path: '/.well-known/security.txt', refused: 404 }],
  'GET /embed/languages': () => [
    { path: `/embed/languages?frame=${encodeURIComponent('/embed?url=https%3A%2F%2Fblog.example%2F')}` },
  ],
  'POST /embed/languages': at(
    () => '/embed/languages',
    ({ writer }) => ({ by: writer, form: { frame: '/embed?url=https%3A%2F%2Fblog.example%2F', 'reads-th': '1' } }),
  ),
  'GET /embed.js': only('/embed.js'),
  'GET /counts': only(`/counts?${'url=https%3A%2F%2Fblog.example%2Fa&'.repeat(100)}`),
  'GET /counts.js': only('/counts.js'),
  'GET /oembed': ({ forum, post, root }) => [
    { path: `/oembed?url=${encodeURIComponent(`${forum.url}/posts/${post.slug}`)}` },
    { path: `/oembed?url=${encodeURIComponent(`${forum.url}/comments/${root.id}`)}` },
  ],
  'GET /assets/:file': ({ forum }) => [{ path: forum.forum.app.get(Assets, { strict: false }).address('site.css') }],
};

/** Bytes of an address that the server reads. */
const LONGEST_ADDRESS = 15_800;

/** Addresses as long as they may be, of one piece again and again: those of old blogs are looked up in them. */
export const LONG_ADDRESSES: readonly string[] = [
  '/a',
  '/posts/',
  '/tags/',
  '/members/',
  '/category/',
  '/api/v1/posts/',
  '/?p=',
].flatMap((start) =>
  ['/', '%2F', '.', '-', '%20', '%25', 'a/', '/page/1', '/feed', '%E0%B8%81', '&p='].map((piece) =>
    `${start}${piece.repeat(LONGEST_ADDRESS)}`.slice(0, LONGEST_ADDRESS - (LONGEST_ADDRESS % 3)).concat('x'),
  ),
);
