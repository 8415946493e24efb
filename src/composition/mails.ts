import type { FactoryProvider } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Mailbox, MailFolder, type MailTransport, mailboxIn, SmtpTransport } from '../../libs/mail/index.ts';
import { SSO_PROVIDER } from '../../libs/words/index.ts';
import { LeaveTokens } from '../access/leave-tokens.ts';
import { commandMeta } from '../access/principal.ts';
import type { PublicAddress } from '../access/public-address.ts';
import type { ReplyAddresses } from '../access/reply-addresses.ts';
import { SubscriberTokens } from '../access/subscriber-tokens.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { ReturnedIssues } from '../acts/returned-issues.ts';
import { unlessGone } from '../acts/unless-gone.ts';
import { GuestComments } from '../commands/guest-comments.ts';
import { InvitationIssuing } from '../commands/invitation-issuing.ts';
import { LinkIssuing } from '../commands/link-issuing.ts';
import { type KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import { Subscribers } from '../commands/subscribers.ts';
import type { Config } from '../config.ts';
import { isSameAddress } from '../domain/member/email.ts';
import { Lease } from '../reactors/lease.ts';
import type { LetterPorts, Receiver } from '../reactors/mail/letter.ts';
import { MAIL_TASKS, MailReacting } from '../reactors/mail/mail-reactor.ts';
import { wordsIn } from '../reactors/mail/words.ts';
import { Reactor } from '../reactors/reactor.ts';
import { CountMails } from '../views/mails/mails.query-types.ts';
import { GetTellings } from '../views/notifications/notifications.query-types.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import { issueMark } from './issue-mark.ts';
import { IssueTexts } from './issues.ts';
import { holderOf } from './lease-holder.ts';
import { composeLetter } from './mail-composing.ts';
import { tidyMails } from './mail-tidying.ts';
import { REPLY_ADDRESSES } from './mailed-reply-providers.ts';
import { outboxDir } from './outbox.ts';
import type { ServedParts, WatchedForum } from './watched-forum.ts';

interface MailsOptions {
  readonly app: NestFastifyApplication;
  readonly address: PublicAddress;
  readonly leaseMs: number;
}

/** Begins to send mails; `close` finishes those that are under way. */
export function sendMails(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { log, metrics }: Pick<WatchedForum, 'log' | 'metrics'>,
  { app, address, leaseMs }: MailsOptions,
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  metrics.watchMails(() => queries.execute(new CountMails()));
  const onProblem = (reason: string): void => logger.warn(reason);
  const { smtpUrl } = log.config;
  const place = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const { holder } = place;
  const transport: MailTransport = smtpUrl === null ? folderOf(place) : new SmtpTransport(smtpUrl);
  const ports = letterPorts(app, address, views);
  const returned = app.get(ReturnedIssues, { strict: false });
  const reacting = new MailReacting({
    commands,
    work: (query) => queries.execute(query),
    compose: (mail) => composeLetter(mail, { store: log.store, vault: log.vault, ports }),
    site: ports.site,
    from: place.from,
    transport,
    onNoMailbox: async ({ mailId, kind }) => {
      if (kind === 'newsletter') await returned.returned({ mailId, because: 'bounced', status: null });
    },
    onMail: (outcome) => metrics.mails.inc({ outcome }),
    onProblem,
  });
  const lease = new Lease(commands, { reactor: 'mail', holder, tasks: MAIL_TASKS, lengthMs: leaseMs });
  const reactor = new Reactor({ reacting, lease, holder, views, leaseMs, onProblem });
  const tidying = tidyMails({ app, folder: place.folder, ready: views.ready(), onProblem });
  return {
    close: async () => {
      await Promise.all([reactor.close(), transport.close(), tidying.close()]);
    },
  };
}

/** Provides where mails go, for the page of the outbox and for those who send them. */
export function mailPlaceProvider(config: Config, address: PublicAddress): FactoryProvider<MailPlace> {
  return {
    provide: MAIL_PLACE,
    inject: [SITE],
    useFactory: (site: SiteInMemory) => {
      const from = (): Mailbox => senderOf(config, address, site.now().name);
      const holder = holderOf(config);
      if (config.smtpUrl === null) return { folder: new MailFolder(outboxDir(config)), server: null, from, holder };
      return { folder: null, server: new URL(config.smtpUrl).host, from, holder };
    },
  };
}

function folderOf({ folder }: MailPlace): MailFolder {
  if (folder === null) throw new Error('without a mail server, mails go to a folder');
  return folder;
}

function letterPorts(
  app: NestFastifyApplication,
  address: PublicAddress,
  views: ServedParts['views'],
): Omit<LetterPorts, 'now' | 'receiver'> {
  const members = app.get(MemberLookup, { strict: false });
  const site = app.get<SiteInMemory>(SITE, { strict: false });
  const { folder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const issuing = app.get(LinkIssuing, { strict: false });
  const inviting = app.get(InvitationIssuing, { strict: false });
  const subscribers = app.get(Subscribers, { strict: false });
  const guests = app.get(GuestComments, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const leaveTokens = app.get(LeaveTokens, { strict: false });
  const newsletterTokens = app.get(SubscriberTokens, { strict: false });
  const issues = new IssueTexts(
    queries,
    () => address.origin,
    () => issueMark(views),
  );
  const replies = app.get<ReplyAddresses | null>(REPLY_ADDRESSES, { strict: false });
  return {
    member: async (memberId, address) => receiver(await members.byId(memberId), address),
    memberThen: async (memberId, moment) => {
      const email = await members.addressOf(memberId, moment);
      return email === null ? null : receiver(await members.byId(memberId), email);
    },
    memberAt: async (email) => receiver(await members.byLogin(email)),
    isShared: async (email) => (await members.allByLogin(email)).length > 1,
    issueLink: (linkId, memberId) => issuing.issue(linkId, memberId, commandMeta(null)),
    issueGuestLink: (commentId) => guests.issueLink(commentId, commandMeta(null)),
    issueSubscriptionLink: (subscriberId, askId) => subscribers.issueLink(subscriberId, askId, commandMeta(null)),
    issue: (postId) => issues.of(postId),
    subscriber: (subscriberId) => subscribers.addressOf(subscriberId),
    leaveNewsletter: (subscriberId) => newsletterTokens.write(subscriberId),
    wayBack: (change) => issuing.wayBack(change, commandMeta(null)),
    stay: (asked) => issuing.stay(asked, commandMeta(null)),
    issueInvitation: (invitationId) => inviting.issue(invitationId, commandMeta(null)),
    site: () => {
      const { name, defaultLocale: locale, timeZone, accent, embedOrigins: shownOn } = site.now();
      const sends = folder === null;
      return Promise.resolve({ name, publicUrl: address.origin, locale, timeZone, accent, shownOn, sends });
    },
    tellings: (mail) => queries.execute(new GetTellings(mail)),
    leaveToken: (leaving, told) => leaveTokens.write(leaving, told),
    replyAddress: (commentId, told) => replies?.write(commentId, told, Date.now()) ?? null,
    commentPlace: (commentId, memberId) => commentPlace({ commentId, memberId }, queries),
    words: wordsIn,
  };
}

/** Where the member finds the comment. */
async function commentPlace(
  { commentId, memberId }: { readonly commentId: string; readonly memberId: string },
  queries: QueryBus,
): Promise<{ readonly slug: string; readonly title: string } | null> {
  const viewer = { memberId, roles: [] };
  const comment = await unlessGone(queries.execute(new GetComment(commentId, viewer)));
  if (comment === null) return null;
  const post = await unlessGone(queries.execute(new GetPost(comment.postId, viewer, new Date().toISOString())));
  return post && { slug: post.slug, title: post.title };
}

function receiver(known: KnownMember | undefined, address = known?.email): Receiver | null {
  if (known === undefined || !address) return null;
  const isPresent = known.email !== null && isSameAddress(known.email, address);
  const emailConfirmed = known.emailConfirmed && isPresent;
  return { ...known, email: address, emailConfirmed, signsInHere: !isSitesAlone(known) };
}

function isSitesAlone({ passwordHash, linked }: KnownMember): boolean {
  return passwordHash === null && linked.length > 0 && linked.every(({ provider }) => provider === SSO_PROVIDER);
}

/** MAIL_FROM, or an address of the forum's own host that nobody reads. */
export function senderOf({ mailFrom }: Pick<Config, 'mailFrom'>, address: PublicAddress, site: string): Mailbox {
  const given = mailFrom === null ? undefined : mailboxIn(mailFrom);
  if (given !== undefined) return given.name === '' ? { ...given, name: site } : given;
  const { hostname } = new URL(address.origin);
  const isName = /[a-z]/i.test(hostname) && !hostname.includes(':');
  return { name: site, address: `noreply@${isName ? hostname : 'localhost'}` };
}
