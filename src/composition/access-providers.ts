import type { FactoryProvider } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { isDisposableDomain } from '../../libs/disposable-addresses/index.ts';
import { renderCommentAside } from '../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { AllowedHosts, isForThisMachine } from '../access/allowed-hosts.ts';
import { ArrivalCounts } from '../access/arrival-counts.ts';
import { FormStamps } from '../access/form-stamps.ts';
import { Founding } from '../access/founding.ts';
import { LeaveTokens } from '../access/leave-tokens.ts';
import { PreviewTokens } from '../access/preview-tokens.ts';
import { Proofs } from '../access/proofs.ts';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { AskedAddresses } from '../access/sign-in/asked-addresses.ts';
import { Credentials } from '../access/sign-in/credentials.ts';
import { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import { KnownDevices } from '../access/sign-in/known-devices.ts';
import { LinkPresses } from '../access/sign-in/link-presses.ts';
import { Passwords } from '../access/sign-in/passwords.ts';
import { Seal } from '../access/sign-in/seal.ts';
import { Sessions } from '../access/sign-in/sessions.ts';
import { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import { Tickets } from '../access/sign-in/tickets.ts';
import { ToldLetters } from '../access/sign-in/told-letters.ts';
import { AccountLinks } from '../acts/account-links.ts';
import { Accounts } from '../acts/accounts.ts';
import { AUDITING, type Auditing } from '../acts/auditing/auditing.ts';
import { Audits } from '../acts/auditing/audits.ts';
import { BannedMailboxes } from '../acts/banned-mailboxes.ts';
import { BringingImages } from '../acts/bringing-images.ts';
import { ClaimingComments } from '../acts/claiming-comments.ts';
import { Claims } from '../acts/claims.ts';
import { Commenting } from '../acts/commenting.ts';
import { Doors } from '../acts/doors.ts';
import { Drafting } from '../acts/drafting.ts';
import { Editing } from '../acts/editing.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { FoundingForum } from '../acts/founding-forum.ts';
import { FrameSessions } from '../acts/frame-sessions.ts';
import { GuestAddresses } from '../acts/guest-addresses.ts';
import { GuestCommenting } from '../acts/guest-commenting.ts';
import { Looks } from '../acts/looks/looks.ts';
import { MAIL_PLACE, Mailing, type MailPlace } from '../acts/mailing.ts';
import { MemberList } from '../acts/member-list.ts';
import { Moderating } from '../acts/moderating.ts';
import { OwnAccount } from '../acts/own-account.ts';
import { Pages } from '../acts/pages.ts';
import { PostDrafting } from '../acts/post-drafting.ts';
import { ProvenAddresses } from '../acts/proven-addresses.ts';
import { Sanctioning } from '../acts/sanctioning.ts';
import { Screening } from '../acts/screening.ts';
import { SessionDays } from '../acts/session-days.ts';
import { SessionOpening } from '../acts/session-opening.ts';
import { SettingUp } from '../acts/setting-up.ts';
import { TellingLanguages } from '../acts/telling-languages.ts';
import { ClaimableComments } from '../commands/claimable-comments.ts';
import { EmailConfirming } from '../commands/confirm-email.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { ForumFacts } from '../commands/forum-facts.ts';
import { GuestComments } from '../commands/guest-comments.ts';
import { GuestLetters } from '../commands/guest-letters.ts';
import { LinkLookup } from '../commands/link-lookup.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { PostPublishing } from '../commands/publish-post.ts';
import { MemberRegistration } from '../commands/register-member.ts';
import { ImageStoring } from '../commands/store-image.ts';
import { TakingPart } from '../commands/taking-part.ts';
import type { Config } from '../config.ts';
import type { CommentLimits } from '../domain/comment/comment.commands.ts';
import { needsRecord } from '../domain/policy/judge.ts';
import { FIRST_RUN, type FirstRun, STANDINGS, type Standings } from '../views/members/members.query-types.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import { mentionedMembers } from './mentioned-members.ts';
import type { Secrets } from './secrets.ts';
import { waysInProviders } from './ways-in-providers.ts';

/** The providers for who asks, what they may, and what they do: shared by the API, live and the pages. */
export function accessProviders(config: Config, secrets: Secrets): FactoryProvider[] {
  return [
    { provide: AllowedHosts, useFactory: () => new AllowedHosts(config) },
    {
      provide: RateLimits,
      useFactory: () => new RateLimits(config.rateLimits, { 'profile-day': config.profileChangesADay }),
    },
    {
      provide: Sessions,
      inject: [STANDINGS, VIEWS, SessionDays],
      useFactory: (standings: Standings, views: Views, days: SessionDays) =>
        new Sessions({
          secret: () => secrets.sessionSecret,
          standings,
          seen: (session) => days.note(session),
          idleDays: config.sessionIdleDays,
          reached: (position) => views.reached(position),
        }),
    },
    {
      provide: Credentials,
      inject: [MemberLookup, Passwords],
      useFactory: (lookup: MemberLookup, passwords: Passwords) => new Credentials(lookup, passwords),
    },
    {
      provide: SignInGuard,
      inject: [Credentials, RateLimits],
      useFactory: (credentials: Credentials, limits: RateLimits) => new SignInGuard(credentials, limits),
    },
    {
      provide: KnownDevices,
      inject: [PublicAddress],
      useFactory: (address: PublicAddress) => new KnownDevices(() => secrets.sessionSecret, address),
    },
    {
      provide: AskedAddresses,
      inject: [PublicAddress],
      useFactory: (address: PublicAddress) => new AskedAddresses(() => secrets.sessionSecret, address),
    },
    {
      provide: LinkPresses,
      inject: [PublicAddress],
      useFactory: (address: PublicAddress) => new LinkPresses(() => secrets.sessionSecret, address),
    },
    {
      provide: SessionDays,
      inject: [CommandBus],
      useFactory: (commands: CommandBus) => new SessionDays(commands),
    },
    { provide: Tickets, useFactory: () => new Tickets(() => secrets.sessionSecret) },
    { provide: ToldLetters, useFactory: () => new ToldLetters(() => secrets.sessionSecret) },
    { provide: LeaveTokens, useFactory: () => new LeaveTokens(() => secrets.sessionSecret) },
    { provide: PreviewTokens, useFactory: () => new PreviewTokens(() => secrets.sessionSecret) },
    { provide: FormStamps, useFactory: () => new FormStamps(() => secrets.sessionSecret) },
    {
      provide: BannedMailboxes,
      inject: [ForumFacts, QueryBus, MemberLookup],
      useFactory: (facts: ForumFacts, queries: QueryBus, members: MemberLookup) =>
        new BannedMailboxes({ policy: () => facts.policy(), queries, members }),
    },
    { provide: ArrivalCounts, useFactory: () => new ArrivalCounts() },
    {
      provide: ProvenAddresses,
      inject: [EmailConfirming, BannedMailboxes],
      useFactory: (confirming: EmailConfirming, banned: BannedMailboxes) => new ProvenAddresses({ confirming, banned }),
    },
    {
      provide: Screening,
      inject: [ForumFacts, FormStamps, ArrivalCounts, RateLimits, CommandBus],
      useFactory: (
        facts: ForumFacts,
        stamps: FormStamps,
        counts: ArrivalCounts,
        limits: RateLimits,
        commands: CommandBus,
      ) =>
        new Screening({
          policy: () => facts.policy(),
          stamps,
          counts,
          proofs: new Proofs(stamps),
          limits,
          commands,
          isDisposable: isDisposableDomain,
        }),
    },
    ...waysInProviders(config),
    {
      provide: ForumWrites,
      inject: [CommandBus, VIEWS],
      useFactory: (commands: CommandBus, views: Views) => new ForumWrites(commands, views),
    },
    {
      provide: Founding,
      inject: [RateLimits, FIRST_RUN],
      useFactory: (limits: RateLimits, firstRun: FirstRun) =>
        new Founding({
          secret: () => secrets.emailKey,
          limits,
          nobody: () => firstRun.nobody(),
          trustsHere: isForThisMachine(config),
        }),
    },
    {
      provide: Accounts,
      inject: [...OF_ACCOUNTS, Doors, Founding, Screening, ProvenAddresses],
      useFactory: accounts,
    },
    {
      provide: OwnAccount,
      inject: [...OF_ACCOUNTS, TakingPart, FreshSignIn, Screening, Sessions],
      useFactory: ownAccount,
    },
    {
      provide: AccountLinks,
      inject: [
        LinkLookup,
        EmailConfirming,
        MemberRegistration,
        Credentials,
        Accounts,
        RateLimits,
        ForumWrites,
        SessionOpening,
        MemberLookup,
        BannedMailboxes,
      ],
      useFactory: accountLinks,
    },
    {
      provide: MemberList,
      inject: [QueryBus, Looks],
      useFactory: (queries: QueryBus, looks: Looks) => new MemberList(queries, looks),
    },
    {
      provide: FoundingForum,
      inject: [Accounts, SettingUp],
      useFactory: (accounting: Accounts, settingUp: SettingUp) => new FoundingForum(accounting, settingUp),
    },
    {
      provide: TellingLanguages,
      inject: [QueryBus, SITE],
      useFactory: (queries: QueryBus, site: SiteInMemory) =>
        new TellingLanguages({ queries, locales: () => site.now().locales }),
    },
    {
      provide: Commenting,
      inject: [
        ForumWrites,
        RateLimits,
        QueryBus,
        Moderating,
        SITE,
        Pages,
        Drafting,
        MemberLookup,
        ForumFacts,
        TellingLanguages,
      ],
      useFactory: (
        ...[writes, limits, queries, moderating, site, pages, drafts, members, facts, languages]: [
          ForumWrites,
          RateLimits,
          QueryBus,
          Moderating,
          SiteInMemory,
          Pages,
          Drafting,
          MemberLookup,
          ForumFacts,
          TellingLanguages,
        ]
      ) =>
        new Commenting({
          writes,
          limits,
          queries,
          commentLimits: () => commentLimits(config, site),
          moderating,
          pages,
          drafts,
          languages,
          mentionedIn: mentionedMembers(members),
          looksBack: async () => needsRecord((await facts.policyAtHand()).policy),
        }),
    },
    {
      provide: FrameSessions,
      inject: [PublicAddress, SessionOpening, RateLimits, Pages, STANDINGS],
      useFactory: (
        address: PublicAddress,
        opening: SessionOpening,
        limits: RateLimits,
        pages: Pages,
        standings: Standings,
      ): FrameSessions => {
        const seal = new Seal('code', 'a session for a frame', () => secrets.sessionSecret);
        return new FrameSessions({ seal, address, opening, limits, pages, standings });
      },
    },
    {
      provide: Pages,
      inject: [PostPublishing, ForumWrites, TakingPart, QueryBus, SITE],
      useFactory: (
        ...[publishing, writes, takingPart, queries, site]: [
          PostPublishing,
          ForumWrites,
          TakingPart,
          QueryBus,
          SiteInMemory,
        ]
      ) => new Pages({ publishing, writes, takingPart, queries, site }),
    },
    {
      provide: GuestCommenting,
      inject: [
        ForumWrites,
        RateLimits,
        QueryBus,
        GuestComments,
        GuestLetters,
        MemberLookup,
        ForumFacts,
        SITE,
        Pages,
        Screening,
        BannedMailboxes,
        TellingLanguages,
      ],
      useFactory: (
        ...[writes, limits, queries, guests, letters, members, facts, site, pages, screening, banned, languages]: [
          ForumWrites,
          RateLimits,
          QueryBus,
          GuestComments,
          GuestLetters,
          MemberLookup,
          ForumFacts,
          SiteInMemory,
          Pages,
          Screening,
          BannedMailboxes,
          TellingLanguages,
        ]
      ) =>
        new GuestCommenting({
          pages,
          languages,
          screening,
          banned,
          writes,
          limits,
          queries,
          guests,
          letters,
          members,
          commentLimits: () => commentLimits(config, site),
          slowModeSeconds: async (postId) => (await facts.discussion(postId)).settings.slowModeSeconds,
          htmlOf: renderCommentAside,
          siteName: () => site.now().name,
          takesGuests: () => site.now().guests,
          defaultLocale: () => site.now().defaultLocale,
        }),
    },
    {
      provide: ClaimingComments,
      inject: [ForumWrites, RateLimits, MemberLookup, ClaimableComments, TakingPart, QueryBus],
      useFactory: (
        ...[writes, limits, members, claimable, takingPart, queries]: [
          ForumWrites,
          RateLimits,
          MemberLookup,
          ClaimableComments,
          TakingPart,
          QueryBus,
        ]
      ) => new ClaimingComments({ writes, limits, members, claimable, takingPart, queries }),
    },
    {
      provide: GuestAddresses,
      inject: [GuestComments, Looks],
      useFactory: (guests: GuestComments, looks: Looks) => new GuestAddresses(guests, looks),
    },
    {
      provide: SettingUp,
      inject: [ForumWrites, RateLimits, QueryBus, SITE, ImageStoring],
      useFactory: (
        ...[writes, limits, queries, { fixed }, images]: [ForumWrites, RateLimits, QueryBus, SiteInMemory, ImageStoring]
      ) => new SettingUp({ writes, limits, queries, fixed, images }),
    },
    {
      provide: BringingImages,
      inject: [ImageStoring, ForumWrites, RateLimits, QueryBus, SITE, TakingPart, StreamErasing],
      useFactory: (
        ...[images, writes, limits, queries, site, takingPart, streams]: [
          ImageStoring,
          ForumWrites,
          RateLimits,
          QueryBus,
          SiteInMemory,
          TakingPart,
          StreamErasing,
        ]
      ) => {
        const areInComments = () => site.now().discussion.images;
        return new BringingImages({ images, writes, limits, queries, streams, takingPart, areInComments });
      },
    },
    {
      provide: Moderating,
      inject: [ForumWrites, RateLimits, QueryBus, ForumFacts],
      useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, facts: ForumFacts) =>
        new Moderating({ writes, limits, queries, policyVersion: async () => (await facts.policy()).version }),
    },
    { provide: TakingPart, inject: [ForumFacts], useFactory: (facts: ForumFacts) => new TakingPart(facts) },
    {
      provide: Mailing,
      inject: [ForumWrites, RateLimits, QueryBus, MAIL_PLACE, Looks],
      useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, place: MailPlace, looks: Looks) =>
        new Mailing({ writes, limits, queries, place, looks }),
    },
    { provide: Claims, useFactory: () => new Claims() },
    {
      provide: Looks,
      inject: [CommandBus],
      useFactory: (commands: CommandBus) => new Looks(commands),
    },
    {
      provide: Audits,
      inject: [AUDITING, Looks, QueryBus],
      useFactory: (auditing: Auditing, looks: Looks, queries: QueryBus) => new Audits({ auditing, looks, queries }),
    },
    {
      provide: Sanctioning,
      inject: [ForumWrites, RateLimits, QueryBus, Moderating],
      useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, moderating: Moderating) =>
        new Sanctioning({ writes, limits, queries, moderating }),
    },
    {
      provide: Editing,
      inject: [PostPublishing, ForumWrites, RateLimits, TakingPart, QueryBus, PostDrafting, SITE, TellingLanguages],
      useFactory: (
        ...[publishing, writes, limits, takingPart, queries, drafts, site, languages]: [
          PostPublishing,
          ForumWrites,
          RateLimits,
          TakingPart,
          QueryBus,
          PostDrafting,
          SiteInMemory,
          TellingLanguages,
        ]
      ) => {
        const slowModeSeconds = () => site.now().discussion.slowModeSeconds;
        return new Editing({ publishing, writes, limits, takingPart, queries, drafts, languages, slowModeSeconds });
      },
    },
  ];
}

function commentLimits({ commentMaxEdits: maxEdits }: Config, site: SiteInMemory): CommentLimits {
  const { maxLength, maxDepth, editWindowMinutes, closeAfterDays } = site.now().discussion;
  return { maxLength, maxDepth, maxEdits, editWindowMinutes, closeAfterDays };
}

/** The parts of everything that people do about accounts, in the order in which the factories take them. */
const OF_ACCOUNTS = [
  MemberRegistration,
  MemberLookup,
  Credentials,
  SignInGuard,
  SessionOpening,
  RateLimits,
  ForumWrites,
  QueryBus,
] as const;
type OfAccounts = Made<typeof OF_ACCOUNTS>;
/** What a list of classes makes, in their order. */
type Made<Classes extends readonly unknown[]> = {
  -readonly [At in keyof Classes]: Classes[At] extends abstract new (...parts: never[]) => infer One ? One : never;
};

function accounts(
  ...[registration, lookup, credentials, guard, opening, limits, writes, queries, doors, founding, screening, proven]: [
    ...OfAccounts,
    Doors,
    Founding,
    Screening,
    ProvenAddresses,
  ]
): Accounts {
  const ways = { registration, lookup, credentials, guard, opening };
  return new Accounts({ ...ways, doors, screening, proven, founding, limits, writes, queries });
}

function ownAccount(
  ...[registration, lookup, credentials, guard, , limits, writes, queries, takingPart, fresh, screening, sessions]: [
    ...OfAccounts,
    TakingPart,
    FreshSignIn,
    Screening,
    Sessions,
  ]
): OwnAccount {
  const ways = { registration, lookup, credentials, guard, sessions };
  return new OwnAccount({ ...ways, takingPart, fresh, screening, limits, writes, queries });
}

function accountLinks(
  ...[links, confirming, registration, credentials, accounts, limits, writes, opening, members, banned]: [
    LinkLookup,
    EmailConfirming,
    MemberRegistration,
    Credentials,
    Accounts,
    RateLimits,
    ForumWrites,
    SessionOpening,
    MemberLookup,
    BannedMailboxes,
  ]
): AccountLinks {
  const access = { credentials, accounts, opening, members, limits, banned };
  return new AccountLinks({ links, confirming, registration, ...access, writes });
}
