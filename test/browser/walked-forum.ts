import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import type { Comment, Decision, Post, PreviewLink, Sanction } from '../../libs/client/index.ts';
import { deriveId } from '../../libs/kernel/index.ts';
import { LeaveTokens } from '../../src/access/leave-tokens.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { SubscriberTokens } from '../../src/access/subscriber-tokens.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { Subscribers } from '../../src/commands/subscribers.ts';
import { AskSubscription } from '../../src/domain/newsletter/subscriber.commands.ts';
import { disqusExport, disqusPost, thread } from '../support/disqus-exports.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { mailedLink } from '../support/mailed-links.ts';
import { firstFiledMail } from '../support/outbox-mails.ts';
import type { RunningForum } from '../support/running-forum.ts';

const LONG_ADDRESS = `https://example.org/${'a-very-long-part-'.repeat(12)}`;
/** The post that a draft is to become. */
const UNPUBLISHED = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e7a01';
const ALL_THERE_IS = `# A heading\n\nA paragraph.\n\n## A lower one\n\n> A quotation\n\n| a | table |\n|-|-|\n| ${'wide '.repeat(40)} | x |\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\`\n\n${LONG_ADDRESS}`;

/** A site whose pages are discussed here. */
export const BLOG = 'https://blog.example';

/** Where somebody new is asked for a name, and a member whether to link, once the house has sent them back. */
const [COMING, LINKING] = ['/sign-in/oidc/house', '/sign-in/oidc/house?link=1'];

/** With a heading, and a table that is wider than a phone. */
const OWN_WORDS = `# Of my own\n\n| a | b | c |\n|-|-|-|\n| ${'unbroken-words-'.repeat(9)} | ${'unbroken-words-'.repeat(9)} | x |`;

/** The id of what a member made of a comment in French. */
function reportedTranslation({ id }: Pick<Comment, 'id'>, { member }: TestMember): string {
  return deriveId('translation', 'comment', id, 'fr', member.id);
}

/** A page that is walked: its address, and as whom. */
export interface WalkedPage {
  readonly path: string;
  readonly as: TestMember | undefined;
}

interface Made {
  readonly post: Post;
  /** By `writer`: edited, reacted to, at the end of a deep thread, reported, held, removed. */
  readonly edited: Comment;
  readonly own: Comment;
  readonly held: Comment;
  readonly decision: Decision;
  readonly people: Readonly<
    Record<'writer' | 'editor' | 'moderator' | 'auditor' | 'admin' | 'warned' | 'leaving', TestMember>
  >;
  /** Of `leaving`, which waits. */
  readonly erasureId: string;
  /** Path of a scratch area. */
  readonly scratch: string;
  /** Path of an unpublished text, for whoever has the link. */
  readonly preview: string;
  /** Path of an issue of the newsletter. */
  readonly issue: string;
  /** Path of a post that an editor has withdrawn. */
  readonly withdrawn: string;
  /** Paths of links in mails that nobody has used. */
  readonly links: readonly string[];
  /** Path of an import that has just come. */
  readonly brought: string;
  /** File of a mail in the outbox. */
  readonly mail: string;
}

/** A forum with one of everything that a page can show. */
export async function furnish(forum: RunningForum): Promise<Made> {
  const admin = await forum.admin();
  const [editor, moderator, auditor] = [
    await forum.member('mali', ['editor']),
    await forum.member('sokha', ['moderator']),
    await forum.member('the-auditor', ['auditor']),
  ];
  const [writer, warned] = [await forum.member('writer'), await forum.member('warned')];
  const post = await forum.publish(editor, { title: 'A post with all there is', body: ALL_THERE_IS, tags: ['one'] });
  let parentId: string | undefined;
  for (let depth = 0; depth <= 10; depth += 1) {
    const answer = await forum.comment(editor, post.id, {
      body: `Depth ${depth}: ${LONG_ADDRESS}`,
      ...(parentId ? { parentId } : {}),
    });
    parentId = answer.id;
  }
  await forum.done('PUT', `/api/v1/post-drafts/${UNPUBLISHED}`, {
    token: editor.token,
    body: { title: 'Half written', body: ALL_THERE_IS, tags: ['one'], appearAt: '2099-05-31T14:00' },
  });
  const preview = await forum.done<PreviewLink>('POST', `/api/v1/posts/${UNPUBLISHED}/preview-links`, {
    token: editor.token,
    body: {},
  });
  const edited = await editedComment(forum, editor, post);
  const own = await forum.comment(writer, post.id, { body: OWN_WORDS });
  await forum.comment(editor, post.id, { parentId: own.id, body: `@writer, see ${LONG_ADDRESS}` });
  const [held, removed] = [await forum.comment(writer, post.id), await forum.comment(warned, post.id)];
  await forum.comment(editor, post.id, { parentId: removed.id });
  await forum.done('PUT', `/api/v1/comments/${edited.id}/reactions/thanks`, { token: writer.token });
  await forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, {
    token: moderator.token,
    body: { state: 'open', slowModeSeconds: 0, pinnedCommentId: edited.id },
  });
  await forum.done('POST', `/api/v1/comments/${own.id}/reports`, {
    token: warned.token,
    body: { reason: 'abuse', note: 'A note' },
  });
  await decide(forum, moderator, held, 'hold');
  const decision = await decide(forum, moderator, removed, 'remove');
  await warn(forum, moderator, warned);
  await forum.done('POST', '/api/v1/invitations', {
    token: admin.token,
    body: { roles: ['editor'], note: 'For Anna' },
  });
  await somebodyWaits(forum, admin);
  await forum.done('PATCH', '/api/v1/site', {
    token: admin.token,
    body: {
      tagline: 'Talk along the river',
      newsletter: true,
      menu: [{ label: 'Our blog', href: 'https://blog.example/' }],
      pages: { about: ALL_THERE_IS, rules: ALL_THERE_IS, imprint: ALL_THERE_IS },
    },
  });
  for (const body of ['Merci beaucoup pour cet article', ALL_THERE_IS])
    await forum.done('POST', `/api/v1/comments/${edited.id}/translations`, {
      token: moderator.token,
      body: { language: 'fr', body, sourceRevision: 1 },
    });
  await forum.done('POST', `/api/v1/translations/${reportedTranslation(edited, moderator)}/reports`, {
    token: writer.token,
    body: { reason: 'abuse', note: 'It says what the text does not.' },
  });
  await forum.done('POST', `/api/v1/posts/${post.id}/translations`, {
    token: editor.token,
    body: { language: 'th', title: 'บทความที่มีทุกอย่าง', body: ALL_THERE_IS, sourceRevision: 0 },
  });
  const leaving = await forum.member('leaving');
  const { erasureId } = await forum.done<{ erasureId: string }>('POST', '/api/v1/members/me/erasure', {
    token: leaving.token,
    body: { comments: 'keep', password: PASSWORD },
  });
  const people = { writer, editor, moderator, auditor, admin, warned, leaving };
  return {
    erasureId,
    post,
    edited,
    own,
    held,
    decision,
    people,
    scratch: await scratchOf(forum, auditor),
    preview: new URL(preview.url).pathname,
    issue: await issueOf(forum, admin),
    withdrawn: await withdrawnPost(forum, editor),
    links: await linksOf(forum, writer),
    brought: await importOf(forum, admin),
    mail: await firstFiledMail(forum.dataDir),
  };
}

async function editedComment(forum: RunningForum, by: TestMember, post: Post): Promise<Comment> {
  const comment = await forum.comment(by, post.id, { body: 'ขอบคุณสำหรับบทความนี้' });
  await forum.done('PATCH', `/api/v1/comments/${comment.id}`, {
    token: by.token,
    body: { body: 'ขอบคุณมากสำหรับบทความนี้', revision: comment.revision },
  });
  return comment;
}

async function decide(
  forum: RunningForum,
  by: TestMember,
  { id, revision }: Comment,
  action: 'hold' | 'remove',
): Promise<Decision> {
  const body = { action, reason: 'spam', note: 'A note', revision };
  const path = `/api/v1/comments/${id}/decisions`;
  return (await forum.done<{ decision: Decision }>('POST', path, { token: by.token, body })).decision;
}

/** A warning, and a suspension that its member appeals. */
async function warn(forum: RunningForum, by: TestMember, { member, token }: TestMember): Promise<void> {
  const path = `/api/v1/members/${member.id}/sanctions`;
  await forum.done('POST', path, { token: by.token, body: { kind: 'warning', reason: 'spam' } });
  const until = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString();
  const body = { kind: 'suspension', reason: 'abuse', until };
  const { id } = await forum.done<Sanction>('POST', path, { token: by.token, body });
  await forum.done('POST', `/api/v1/members/me/sanctions/${id}/appeal`, { token, body: { text: 'It was a joke.' } });
}

/** A member who waits to be let in. */
async function somebodyWaits(forum: RunningForum, { token }: TestMember): Promise<void> {
  const set = (registration: string) => forum.done('PATCH', '/api/v1/site', { token, body: { registration } });
  await set('approval');
  await forum.member('somebody-new');
  await set('open');
}

/** An issue that nobody sent, where editors send it. */
async function issueOf(forum: RunningForum, editor: TestMember): Promise<string> {
  const { slug } = await forum.publish(editor, { title: 'The month', kind: 'newsletter' });
  return `/posts/${slug}/issue`;
}

/** A post that an editor has withdrawn. */
async function withdrawnPost(forum: RunningForum, editor: TestMember): Promise<string> {
  const { id, slug } = await forum.publish(editor, { title: 'Too early' });
  await forum.done('POST', `/api/v1/posts/${id}/withdraw`, { token: editor.token, body: {} });
  return `/posts/${slug}`;
}

/** An import of another system, as it stands before anything is known of its file. */
async function importOf(forum: RunningForum, { token }: TestMember): Promise<string> {
  const headers = { cookie: `colloquy_session=${token}` };
  const body = new FormData();
  body.set('sites', '');
  body.set('file', new Blob([disqusExport(thread(1), disqusPost(1, { thread: 1 }))]), 'disqus.xml');
  const options = { method: 'POST', redirect: 'manual', headers, body } as const;
  const path = (await fetch(`${forum.url}/admin/import`, options)).headers.get('location');
  if (path === null) throw new Error('no import was made');
  return path;
}

async function subscriptionLink(forum: RunningForum): Promise<string> {
  const [email, askId] = ['reader@example.org', randomUUID()];
  const subscriberId = forum.forum.app.get(MemberLookup).names.subscriber(email);
  const commands = forum.forum.app.get(CommandBus);
  await commands.execute(new AskSubscription({ subscriberId, askId, email, locale: 'en' }, commandMeta(null)));
  return `/confirm/${await forum.forum.app.get(Subscribers).issueLink(subscriberId, askId, commandMeta(null))}`;
}

async function linksOf(forum: RunningForum, { member }: TestMember): Promise<readonly string[]> {
  return [
    `/reset/${await mailedLink(forum, 'reset', member.id)}`,
    `/reset/${await mailedLink(forum, 'way-back', member.id)}`,
    `/confirm/${await mailedLink(forum, 'confirm', member.id)}`,
    `/sign-in/link/${await mailedLink(forum, 'sign-in', member.id)}`,
    `/leave/${forum.forum.app.get(LeaveTokens).write({ memberId: member.id, way: 'mail', kinds: ['reply'] })}`,
    `/leave/${forum.forum.app.get(SubscriberTokens).write(member.id)}`,
    await subscriptionLink(forum),
  ];
}

async function scratchOf(forum: RunningForum, { token }: TestMember): Promise<string> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await forum.call('POST', '/audit/scratch', { token, headers, raw: 'until=20' });
  const path = answer.headers.get('location');
  if (path === null) throw new Error(`no scratch area was made: ${answer.status}`);
  return path;
}

/** Every page of the forum, each in the states in which it looks another way. */
export function pagesOf({
  post,
  edited,
  own,
  decision,
  people,
  scratch,
  preview,
  issue,
  withdrawn,
  links,
  brought,
  mail,
  erasureId,
}: Made): readonly WalkedPage[] {
  const { writer, editor, moderator, auditor, admin, warned, leaving } = people;
  const thread = `/posts/${post.slug}`;
  const month = post.publishedAt.slice(0, 7).replace('-', '/');
  const pages = (as: TestMember | undefined, ...paths: readonly string[]): readonly WalkedPage[] =>
    paths.map((path) => ({ path, as }));
  return [
    ...pages(
      undefined,
      '/',
      '/search',
      '/search?q=paragraph&author=mali',
      '/search?q=-paragraph',
      '/archive',
      '/archive/sites',
      `/archive/sites?site=${encodeURIComponent(BLOG)}`,
      `/archive/${month}`,
      '/tags/one',
      '/nothing-here',
    ),
    ...pages(undefined, thread, `${thread}?sort=newest`, `${thread}?at=${edited.createdAt}&since=0`),
    ...pages(undefined, `/comments/${edited.id}/translations`, `/posts/${post.slug}?translation=th`),
    ...pages(people.moderator, `/comments/${edited.id}/translations`, `/posts/${post.slug}/translations?language=th`),
    ...pages(undefined, `/comments/${edited.id}/history`, `/comments/${edited.id}/history?from=0&to=1`),
    ...pages(undefined, `/receipts/${edited.id}`, '/moderation-log', '/audit/verify', '/appeal', '/api/v1/docs'),
    ...pages(
      writer,
      `/comments/${own.id}/language`,
      `/translations/${reportedTranslation(edited, people.moderator)}/report`,
    ),
    ...pages(undefined, '/languages'),
    ...pages(undefined, '/about', '/rules', '/privacy', '/imprint'),
    ...pages(undefined, '/members/writer', '/members/mali'),
    ...pages(writer, '/sign-in'),
    ...pages(undefined, '/sign-in', `/sign-in?next=${encodeURIComponent(thread)}`, '/register'),
    ...pages(undefined, '/register?invitation=somebody-invited-me', '/register/done'),
    ...pages(
      undefined,
      `/embed?url=${encodeURIComponent(`${BLOG}/a-page`)}`,
      '/embed?url=https%3A%2F%2Felsewhere.example%2F',
      `/embed/languages?frame=${encodeURIComponent(`/embed?url=${encodeURIComponent(`${BLOG}/a-page`)}`)}`,
    ),
    ...pages(writer, `/embed/sign-in?host=${encodeURIComponent(BLOG)}&challenge=${'A'.repeat(43)}`),
    ...pages(
      undefined,
      '/forgot',
      '/forgot?sent=1',
      '/newsletter',
      '/newsletter?sent=1',
      '/newsletter/archive',
      '/sign-in/link',
      '/sign-in/link?sent=1',
      '/sign-in?done=reset',
    ),
    ...pages(
      undefined,
      ...links,
      '/reset/nonsense',
      '/confirm/nonsense',
      '/stay/nonsense',
      '/sign-in/link/nonsense',
      '/leave/nonsense',
      '/preview/nonsense',
      preview,
    ),
    ...pages(writer, '/', thread, `${thread}?answer=${edited.id}#answer`, `${thread}?react=${edited.id}`),
    ...pages(writer, `${thread}?since=0`, `/comments/${own.id}/edit`, `/comments/${own.id}/remove`),
    ...pages(writer, `/comments/${edited.id}/report`, '/members/mali', '/settings', '/sign-out', '/write'),
    ...pages(warned, '/settings', thread),
    ...pages(editor, '/', '/write', `${thread}/edit`, '/members/writer', '/drafts', `/write/${UNPUBLISHED}`),
    ...pages(
      editor,
      issue,
      `${thread}/revisions`,
      `${thread}/withdraw`,
      '/write/withdrawn',
      withdrawn,
      `${withdrawn}/bring-back`,
      `/write/${UNPUBLISHED}/links`,
      '/write/from-month',
      '/newsletter/issues',
    ),
    ...pages(
      moderator,
      thread,
      '/moderation',
      '/moderation/queue',
      '/moderation/queue?list=held',
      '/moderation/queue?list=rejected',
    ),
    ...pages(moderator, `/moderation/cases/${own.id}`, '/moderation/members/writer', '/moderation/members/warned'),
    ...pages(
      moderator,
      '/moderation/appeals',
      '/moderation/translations',
      '/moderation/newcomers',
      '/moderation/policy',
      '/moderation/log',
      '/moderation/report',
    ),
    ...pages(moderator, `/moderation/decisions/${decision.id}`, `/moderation/discussions/${post.slug}`, '/audit/log'),
    ...pages(
      auditor,
      '/audit',
      '/audit/events',
      '/audit/events/20',
      '/audit/events/20?open=1',
      '/audit/views',
      '/audit/log',
    ),
    ...pages(admin, '/', '/admin', '/admin/settings', '/admin/members', '/admin/invitations', '/welcome'),
    ...pages(admin, '/admin/status', '/admin/integrations', '/admin/import', brought),
    ...pages(admin, '/admin/outbox', `/admin/outbox/${mail}`, '/admin/outbox/no-such-mail.eml'),
    ...pages(
      writer,
      '/settings/sign-in',
      '/settings/devices',
      '/settings/data',
      '/settings/images',
      '/settings/providers/house',
      LINKING,
    ),
    ...pages(leaving, '/settings/data', `/erasures/${erasureId}`),
    ...pages(admin, `/admin/members/${writer.member.id}/erasure`, '/admin/erasures'),
    ...pages(writer, '/settings/comments', '/settings/notifications', '/settings/attention'),
    ...pages(writer, '/notifications', '/notifications?filter=unread', '/drafts', '/bookmarks', '/images/new'),
    ...pages(moderator, '/notifications', '/settings/notifications'),
    ...pages(undefined, COMING, '/sign-in/oidc/house/new', '/sign-in/oidc/house/callback'),
    ...pages(auditor, scratch, `${scratch}/posts/${post.id}`, `/receipts/${edited.id}`),
  ];
}
