import pLimit from 'p-limit';
import { deriveId } from '../../libs/kernel/index.ts';
import type { HttpRoute } from './every-route.ts';
import type { ForumCaller, TestMember } from './forum-caller.ts';
import { MARK, type MarkedPerson } from './marked-person.ts';

type ReadRoute = Extract<HttpRoute, `GET ${string}`>;

/** What is read: a person's words, and what was made of them before. */
export interface ReadPlaces {
  readonly person: MarkedPerson;
  /** Others whose words are looked for. */
  readonly also?: readonly (Pick<TestMember, 'member'> & Pick<MarkedPerson, 'comments'>)[];
  /** Names of mails in the outbox. */
  readonly mails: readonly string[];
  /** Paths of links in mails. */
  readonly links: readonly string[];
  /** The address of an area where an auditor reads the forum as it stood. */
  readonly area: string;
  /** Of the forum, as browsers see it. */
  readonly origin: string;
  /** When everything was there. */
  readonly position: string;
  readonly erasureId: string;
}

const peopleIn = ({ person, also = [] }: ReadPlaces) => [person, ...also];
const commentsIn = (places: ReadPlaces) => peopleIn(places).flatMap(({ comments }) => comments);
const each =
  (pathOf: (member: TestMember['member']) => string): Reading =>
  (places) =>
    peopleIn(places).map(({ member }) => pathOf(member));

type Reading = (places: ReadPlaces) => readonly string[];

const only =
  (...paths: readonly string[]): Reading =>
  () =>
    paths;
const own =
  (...rests: readonly string[]): Reading =>
  (places) =>
    commentsIn(places).flatMap(({ id }) => rests.map((rest) => rest.replace(':id', id)));
const linked =
  (start: string): Reading =>
  ({ links }) =>
    links.filter((link) => link.startsWith(start));
const mails =
  (rest: string): Reading =>
  ({ mails: names }) =>
    names.map((name) => `/admin/outbox/${name}${rest}`);
const moments = ({ position }: ReadPlaces): readonly string[] => [
  '',
  `position=${position}`,
  'sort=newest',
  'sort=best',
];

const feedsOfPosts =
  (file: string): Reading =>
  ({ person }) =>
    [person.post, person.written, person.page.post].map(({ slug }) => `/posts/${slug}/${file}`);

/** A search says again what was looked for, so that it looks for less than the mark. */
const BEGINNING = `${MARK.slice(0, -4)}*`;

/** Every address that is read, route by route. A route that is missing here does not compile. */
const READ: Readonly<Record<ReadRoute, Reading>> = {
  'GET /api/v1/members': only('/api/v1/members?limit=100', '/api/v1/members?limit=100&q=qux'),
  'GET /api/v1/members/me': only('/api/v1/members/me'),
  'GET /api/v1/members/:handle': each((member) => `/api/v1/members/${member.handle}`),
  'GET /api/v1/members/me/claimable-comments': only('/api/v1/members/me/claimable-comments'),
  'GET /api/v1/members/me/data': only(),
  'GET /api/v1/members/me/notifications': only('/api/v1/members/me/notifications'),
  'GET /api/v1/members/me/push': only('/api/v1/members/me/push'),
  'GET /api/v1/members/me/follows': only('/api/v1/members/me/follows'),
  'GET /api/v1/members/me/mutes': only('/api/v1/members/me/mutes'),
  'GET /api/v1/members/me/ignores': only('/api/v1/members/me/ignores'),
  'GET /api/v1/notifications': only('/api/v1/notifications?limit=100'),
  'GET /api/v1/members/me/drafts': only('/api/v1/members/me/drafts'),
  'GET /api/v1/post-drafts': only('/api/v1/post-drafts?limit=20'),
  'GET /api/v1/posts/:id/preview-links': ({ person }) => [`/api/v1/posts/${person.written.id}/preview-links`],
  'GET /api/v1/post-drafts/:id': ({ person }) => [`/api/v1/post-drafts/${person.written.id}`],
  'GET /api/v1/bookmarks': only('/api/v1/bookmarks?limit=100'),
  'GET /api/v1/erasures/:id': ({ erasureId }) => [`/api/v1/erasures/${erasureId}`],
  'GET /api/v1/invitations': only('/api/v1/invitations?limit=100'),
  'GET /api/v1/sessions': only('/api/v1/sessions?limit=100'),
  'GET /api/v1/site': only('/api/v1/site'),
  'GET /api/v1/posts': only('/api/v1/posts?limit=100', '/api/v1/posts?q=qux'),
  'GET /api/v1/posts/archive': only('/api/v1/posts/archive'),
  'GET /api/v1/posts/:id/issue': ({ person }) => [`/api/v1/posts/${person.written.id}/issue`],
  'GET /api/v1/posts/:idOrSlug': ({ person }) => [person.post, person.written].map(({ id }) => `/api/v1/posts/${id}`),
  'GET /api/v1/counts': ({ person }) => [`/api/v1/counts?url=${encodeURIComponent(person.page.url)}`],
  'GET /api/v1/posts/recent-comments': only('/api/v1/posts/recent-comments?limit=100'),
  'GET /api/v1/search': only('/api/v1/search?q=the&limit=100', `/api/v1/search?q=${BEGINNING}`),
  'GET /api/v1/posts/:id/comments': (places) =>
    [places.person.post, places.person.page.post].flatMap(({ id }) =>
      moments(places).map((query) => `/api/v1/posts/${id}/comments?limit=100&${query}`),
    ),
  'GET /api/v1/posts/:id/activity': ({ person }) => [`/api/v1/posts/${person.post.id}/activity`],
  'GET /api/v1/posts/:id/changes': ({ person }) => [`/api/v1/posts/${person.post.id}/changes?after=1&limit=100`],
  'GET /api/v1/comments/:id': own('/api/v1/comments/:id'),
  'GET /api/v1/comments/:id/translations': (places) => [
    ...own('/api/v1/comments/:id/translations')(places),
    `/api/v1/comments/${places.person.reported.id}/translations`,
  ],
  'GET /api/v1/posts/:id/translations': ({ person }) => [`/api/v1/posts/${person.post.id}/translations`],
  'GET /api/v1/comments/:id/history': own('/api/v1/comments/:id/history?limit=100'),
  'GET /api/v1/comments/:id/diff': own('/api/v1/comments/:id/diff?from=0&to=1'),
  'GET /api/v1/moderation/queue': only(
    ...['', '?list=held', '?list=reported', '?list=rejected'].map((list) => `/api/v1/moderation/queue${list}`),
  ),
  'GET /api/v1/moderation/cases/:id': (places) => [
    ...own('/api/v1/moderation/cases/:id')(places),
    `/api/v1/moderation/cases/${places.person.reported.id}`,
  ],
  'GET /api/v1/moderation/decisions/:id': ({ person }) =>
    person.decisionIds.map((id) => `/api/v1/moderation/decisions/${id}`),
  'GET /api/v1/moderation/policy': only('/api/v1/moderation/policy'),
  'GET /api/v1/moderation/policy/versions': only('/api/v1/moderation/policy/versions'),
  'GET /api/v1/moderation/log': ({ person }) => [
    '/api/v1/moderation/log?limit=100',
    '/api/v1/moderation/log?format=csv',
    '/api/v1/moderation/log?format=json',
    `/api/v1/moderation/log?member=${person.member.id}`,
  ],
  'GET /api/v1/moderation/report': only('/api/v1/moderation/report'),
  'GET /api/v1/moderation/public-log': only('/api/v1/moderation/public-log?limit=100'),
  'GET /api/v1/moderation/translations': only('/api/v1/moderation/translations'),
  'GET /api/v1/moderation/appeals': only('/api/v1/moderation/appeals'),
  'GET /api/v1/members/:id/record': each((member) => `/api/v1/members/${member.id}/record`),
  'GET /api/v1/members/:id/comments': each((member) => `/api/v1/members/${member.id}/comments?limit=100`),
  'GET /api/v1/members/:id/notes': each((member) => `/api/v1/members/${member.id}/notes`),
  'GET /api/v1/members/me/sanctions': only('/api/v1/members/me/sanctions'),
  'GET /api/v1/audit/events': only(
    '/api/v1/audit/events?limit=1000',
    '/api/v1/audit/events?format=ndjson',
    '/api/v1/audit/events?format=csv',
  ),
  'GET /api/v1/audit/events/:position': (places) =>
    commentsIn(places).map(({ position }) => `/api/v1/audit/events/${position}`),
  'GET /api/v1/audit/looks': only('/api/v1/audit/looks?limit=100', '/api/v1/audit/looks?format=csv'),
  'GET /api/v1/audit/days': only('/api/v1/audit/days'),
  'GET /api/v1/comments/:id/receipt': own('/api/v1/comments/:id/receipt'),
  'GET /api/v1/audit/checkpoint': only('/api/v1/audit/checkpoint'),
  'GET /api/v1/audit/checkpoints': only('/api/v1/audit/checkpoints'),
  'GET /api/v1/audit/key': only('/api/v1/audit/key'),
  'GET /api/v1/audit/keys': only('/api/v1/audit/keys'),
  'GET /api/v1/audit/proofs/inclusion': (places) =>
    commentsIn(places).map(({ position }) => `/api/v1/audit/proofs/inclusion?position=${position}`),
  'GET /api/v1/audit/proofs/consistency': only('/api/v1/audit/proofs/consistency?from=1&to=20'),
  'GET /api/v1/audit/tlog/checkpoint': only('/api/v1/audit/tlog/checkpoint'),
  'GET /api/v1/audit/tlog/tile/*': only('/api/v1/audit/tlog/tile/0/000', '/api/v1/audit/tlog/tile/entries/000'),
  'GET /api/v1/audit/views': only('/api/v1/audit/views'),
  'GET /api/v1/openapi.json': only('/api/v1/openapi.json'),
  'GET /api/v1/docs': only('/api/v1/docs'),
  'GET /health/live': only('/health/live'),
  'GET /health/ready': only('/health/ready'),
  'GET /metrics': only('/metrics'),
  'GET /images/:file': only('/images/0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01-1600.avif'),
  'GET /': only('/'),
  'GET /tags/:tag': only('/tags/none'),
  'GET /archive': only('/archive'),
  'GET /archive/sites': only('/archive/sites'),
  'GET /search': only('/search', `/search?q=${BEGINNING}`),
  'GET /archive/:year/:month': () => {
    const now = new Date().toISOString();
    return [`/archive/${now.slice(0, 4)}/${now.slice(5, 7)}`];
  },
  'GET /posts/:slug': ({ person, position }) => [
    ...['', '?sort=newest', '?sort=best', `?at=${position}`, '?since=1', `?answer=${person.comments[0]?.id}`].map(
      (query) => `/posts/${person.post.slug}${query}`,
    ),
    `/posts/${person.written.slug}`,
    `/posts/${person.page.post.slug}`,
  ],
  'GET /comments/:id': own('/comments/:id'),
  'GET /comments/:id/edit': own('/comments/:id/edit'),
  'GET /comments/:id/remove': own('/comments/:id/remove'),
  'GET /languages': only('/languages'),
  'GET /comments/:id/language': own('/comments/:id/language'),
  'GET /comments/:id/translations': (places) => [
    ...own('/comments/:id/translations')(places),
    `/comments/${places.person.reported.id}/translations`,
  ],
  'GET /translations/:id/report': ({ person: { member, reported } }) => [
    `/translations/${deriveId('translation', 'comment', reported.id, 'th', member.id)}/report`,
  ],
  'GET /posts/:slug/translations': ({ person }) => [`/posts/${person.post.slug}/translations`],
  'GET /comments/:id/history': own('/comments/:id/history'),
  'GET /members/:handle': each((member) => `/members/${member.handle}`),
  'GET /register': only('/register'),
  'GET /register/done': only('/register/done'),
  'GET /sign-in': only('/sign-in'),
  'GET /newsletter': only('/newsletter'),
  'GET /newsletter/archive': only('/newsletter/archive'),
  'GET /newsletter/issues': only('/newsletter/issues'),
  'GET /forgot': only('/forgot'),
  'GET /reset/:token': linked('/reset/'),
  'GET /confirm/:token': linked('/confirm/'),
  'GET /stay/:token': only('/stay/nonsense'),
  'GET /sign-in/link': only('/sign-in/link'),
  'GET /sign-in/link/:token': linked('/sign-in/link/'),
  'GET /sign-in/oidc/:name': only('/sign-in/oidc/nobody'),
  'GET /sign-in/oidc/:name/callback': only('/sign-in/oidc/nobody/callback'),
  'GET /sign-in/oidc/:name/new': only('/sign-in/oidc/nobody/new'),
  'GET /admin/invitations': only('/admin/invitations'),
  'GET /settings/providers/:name': only('/settings/providers/nobody'),
  'GET /sign-out': only('/sign-out'),
  'GET /settings': only('/settings'),
  'GET /leave/:token': linked('/leave/'),
  'GET /notifications': only('/notifications', '/notifications?filter=unread'),
  'GET /drafts': only('/drafts'),
  'GET /bookmarks': only('/bookmarks'),
  'GET /settings/notifications': only('/settings/notifications'),
  'GET /settings/attention': only('/settings/attention'),
  'GET /settings/comments': only('/settings/comments'),
  'GET /settings/devices': only('/settings/devices'),
  'GET /settings/data': only('/settings/data'),
  'GET /settings/images': only('/settings/images'),
  'GET /erasures/:id': ({ erasureId }) => [`/erasures/${erasureId}`],
  'GET /settings/sign-in': only('/settings/sign-in'),
  'GET /images/new': only('/images/new'),
  'GET /write': only('/write'),
  'GET /write/withdrawn': only('/write/withdrawn'),
  'GET /write/:id/links': ({ person }) => [`/write/${person.written.id}/links`],
  'GET /preview/:token': ({ person }) => [person.preview],
  'GET /write/from-month': only('/write/from-month'),
  'GET /write/:id': ({ person }) => [`/write/${person.written.id}`],
  'GET /posts/:slug/issue': ({ person }) => [`/posts/${person.written.slug}/issue`],
  'GET /posts/:slug/edit': ({ person }) => [`/posts/${person.written.slug}/edit`],
  'GET /posts/:slug/withdraw': ({ person }) => [`/posts/${person.written.slug}/withdraw`],
  'GET /posts/:slug/bring-back': ({ person }) => [`/posts/${person.written.slug}/bring-back`],
  'GET /posts/:slug/revisions': ({ person }) => [`/posts/${person.written.slug}/revisions`],
  'GET /moderation': only('/moderation'),
  'GET /moderation/queue': only(
    ...['', '?list=held', '?list=reported', '?list=rejected'].map((list) => `/moderation/queue${list}`),
  ),
  'GET /moderation/cases/:id': (places) => [
    ...own('/moderation/cases/:id')(places),
    `/moderation/cases/${places.person.reported.id}`,
  ],
  'GET /moderation/members/:handle': each((member) => `/moderation/members/${member.handle}`),
  'GET /moderation/appeals': only('/moderation/appeals'),
  'GET /moderation/translations': only('/moderation/translations'),
  'GET /moderation/newcomers': only('/moderation/newcomers'),
  'GET /comments/:id/report': own('/comments/:id/report'),
  'GET /appeal': only('/appeal'),
  'GET /moderation/decisions/:id': ({ person }) => person.decisionIds.map((id) => `/moderation/decisions/${id}`),
  'GET /moderation/policy': only('/moderation/policy'),
  'GET /moderation/discussions/:slug': ({ person }) => [`/moderation/discussions/${person.post.slug}`],
  'GET /moderation/log': only('/moderation/log'),
  'GET /moderation-log': only('/moderation-log'),
  'GET /moderation/report': only('/moderation/report'),
  'GET /receipts/:id': own('/receipts/:id'),
  'GET /audit': only('/audit'),
  'GET /audit/events': only('/audit/events', '/audit/events?type=MemberRegistered', '/audit/events?type=CommentEdited'),
  'GET /audit/events/:position': ({ person }) => person.comments.map(({ position }) => `/audit/events/${position}`),
  'GET /audit/views': only('/audit/views'),
  'GET /audit/scratch/:id': ({ area }) => [area],
  'GET /audit/scratch/:id/posts/:postId': ({ area, person }) => [`${area}/posts/${person.post.id}`],
  'GET /audit/log': only('/audit/log'),
  'GET /audit/verify': only('/audit/verify'),
  'GET /audit/verifier.mjs': only('/audit/verifier.mjs'),
  'GET /admin': only('/admin'),
  'GET /admin/outbox': only('/admin/outbox'),
  'GET /admin/outbox/:name': mails(''),
  'GET /admin/outbox/:name/html': mails('/html'),
  'GET /admin/outbox/:name/raw': mails('/raw'),
  'GET /admin/settings': only('/admin/settings'),
  'GET /admin/status': only('/admin/status'),
  'GET /admin/import': only('/admin/import'),
  'GET /admin/import/:id': only(),
  'GET /admin/import/:id/left-out': only(),
  'GET /admin/integrations': only('/admin/integrations'),
  'GET /admin/members': only('/admin/members'),
  'GET /admin/erasures': only('/admin/erasures'),
  'GET /admin/members/:id/erasure': each((member) => `/admin/members/${member.id}/erasure`),
  'GET /assets/:file': only('/assets/none.css'),
  'GET /welcome': only('/welcome'),
  'GET /sw.js': only('/sw.js'),
  'GET /manifest.webmanifest': only('/manifest.webmanifest'),
  'GET /.well-known/security.txt': only('/.well-known/security.txt'),
  'GET /brand/:file': only('/brand/accent-0c5c5c.css'),
  'GET /about': only('/about'),
  'GET /rules': only('/rules'),
  'GET /privacy': only('/privacy'),
  'GET /imprint': only('/imprint'),
  'GET /feed.xml': only('/feed.xml'),
  'GET /feed.atom': only('/feed.atom'),
  'GET /feed.json': only('/feed.json'),
  'GET /posts/:slug/feed.xml': feedsOfPosts('feed.xml'),
  'GET /posts/:slug/feed.atom': feedsOfPosts('feed.atom'),
  'GET /posts/:slug/feed.json': feedsOfPosts('feed.json'),
  'GET /tags/:tag/feed.xml': only('/tags/none/feed.xml'),
  'GET /tags/:tag/feed.atom': only('/tags/none/feed.atom'),
  'GET /tags/:tag/feed.json': only('/tags/none/feed.json'),
  'GET /members/:handle/feed.xml': each((member) => `/members/${member.handle}/feed.xml`),
  'GET /members/:handle/feed.atom': each((member) => `/members/${member.handle}/feed.atom`),
  'GET /members/:handle/feed.json': each((member) => `/members/${member.handle}/feed.json`),
  'GET /sitemap.xml': only('/sitemap.xml'),
  'GET /sitemap-:part': only('/sitemap-lists.xml', '/sitemap-1.xml'),
  'GET /robots.txt': only('/robots.txt'),
  'GET /embed': ({ person }) => [`/embed?url=${encodeURIComponent(person.page.url)}`],
  'GET /embed/sign-in': only(`/embed/sign-in?host=https%3A%2F%2Fblog.example&challenge=${'A'.repeat(43)}`),
  'GET /embed/languages': ({ person }) => [
    `/embed/languages?frame=${encodeURIComponent(`/embed?url=${encodeURIComponent(person.page.url)}`)}`,
  ],
  'GET /embed.js': only('/embed.js'),
  'GET /counts': ({ person }) => [`/counts?url=${encodeURIComponent(person.page.url)}`],
  'GET /counts.js': only('/counts.js'),
  'GET /oembed': ({ person, origin }) =>
    [`/posts/${person.post.slug}`, `/comments/${person.comments[0]?.id}`].map(
      (path) => `/oembed?url=${encodeURIComponent(origin + path)}`,
    ),
};

/** An answer with its headers, as one text in small letters. */
export interface SeenAnswer {
  readonly route: string;
  readonly path: string;
  readonly reader: string;
  readonly status: number;
  readonly text: string;
}

/** Everything that is read at every address, by every kind of reader. */
export async function readEverything(
  forum: ForumCaller,
  readers: Readonly<Record<string, TestMember | null>>,
  places: ReadPlaces,
  isRead: (path: string) => boolean = () => true,
): Promise<readonly SeenAnswer[]> {
  const limit = pLimit(6);
  const asked = Object.entries(READ).flatMap(([route, paths]) =>
    [...new Set(paths(places))]
      .filter(isRead)
      .flatMap((path) =>
        Object.entries(readers).map(([reader, member]) => limit(() => readAs(forum, { route, path, reader }, member))),
      ),
  );
  return Promise.all(asked);
}

async function readAs(
  { url }: ForumCaller,
  seen: Pick<SeenAnswer, 'route' | 'path' | 'reader'>,
  member: TestMember | null,
): Promise<SeenAnswer> {
  const headers = member === null ? {} : { cookie: `colloquy_session=${member.token}` };
  const answer = await fetch(url + seen.path, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  }).catch((cause: unknown) => {
    throw new Error(`${seen.path} was not answered`, { cause });
  });
  const text = `${JSON.stringify([...answer.headers])} ${await answer.text()}`.toLowerCase();
  return { ...seen, status: answer.status, text };
}
