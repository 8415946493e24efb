import type { Provider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { IMAGE_FILES, type ImageFiles } from '../../libs/images/index.ts';
import { type ErasingVault, VAULT, type Vault } from '../../libs/vault/index.ts';
import { ADMINS, type Admins } from './admins.ts';
import { AUTHOR_RECORDS, type AuthorRecords } from './author-records.ts';
import { bookmarkHandlers } from './bookmark.handlers.ts';
import { ClaimableComments } from './claimable-comments.ts';
import { commentHandlers } from './comment.handlers.ts';
import { EmailConfirming } from './confirm-email.ts';
import { discussionHandlers } from './discussion.handlers.ts';
import { draftHandlers } from './draft.handlers.ts';
import { EmailNames } from './email-name.ts';
import { StreamErasing } from './erase-streams.ts';
import { erasureHandlers } from './erasure.handlers.ts';
import { ForumFacts } from './forum-facts.ts';
import { guestHandlers } from './guest.handlers.ts';
import { GuestComments } from './guest-comments.ts';
import { GuestLetters } from './guest-letters.ts';
import { hubHandlers } from './hub.handlers.ts';
import { imageHandlers } from './image.handlers.ts';
import { inboxHandlers } from './inbox.handlers.ts';
import { invitationHandlers } from './invitation.handlers.ts';
import { InvitationIssuing } from './invitation-issuing.ts';
import { InvitationLookup } from './invitation-lookup.ts';
import { keyHandlers } from './key.handlers.ts';
import { KeyDestruction } from './key-destruction.ts';
import { linkHandlers } from './link.handlers.ts';
import { LinkForgetting } from './link-forgetting.ts';
import { LinkIssuing } from './link-issuing.ts';
import { LinkLookup } from './link-lookup.ts';
import { logKeyHandlers } from './log-key.handlers.ts';
import { lookHandlers } from './look.handlers.ts';
import { mailHandlers } from './mail.handlers.ts';
import { memberHandlers } from './member.handlers.ts';
import { MemberLookup } from './member-lookup.ts';
import { newsletterHandlers } from './newsletter.handlers.ts';
import { PersonalStreams } from './personal-streams.ts';
import { policyHandlers } from './policy.handlers.ts';
import { EMAIL_KEY, type EmailKey, PASSWORD_HASHING, type PasswordHashing } from './ports.ts';
import { postHandlers } from './post.handlers.ts';
import { postDraftHandlers } from './post-draft.handlers.ts';
import { previewHandlers } from './preview.handlers.ts';
import { ProviderLinks } from './provider-links.ts';
import { PostPublishing } from './publish-post.ts';
import { pushHandlers } from './push.handlers.ts';
import { PushForgetting } from './push-forgetting.ts';
import { callHandlers } from './queue.handlers.ts';
import { reactionHandlers } from './reaction.handlers.ts';
import { MemberRegistration } from './register-member.ts';
import { reportHandlers } from './report.handlers.ts';
import { reservationHandlers } from './reservation.handlers.ts';
import { sanctionHandlers } from './sanction.handlers.ts';
import { sessionHandlers } from './session.handlers.ts';
import { siteHandlers } from './site.handlers.ts';
import { ImageStoring } from './store-image.ts';
import { Subscribers } from './subscribers.ts';
import { translationHandlers, translationReportHandlers } from './translation.handlers.ts';
import { visitHandlers } from './visit.handlers.ts';

/**
 * All command handlers. The module that takes them also imports CqrsModule and provides EVENT_STORE, VAULT,
 * IMAGE_FILES, PASSWORD_HASHING, EMAIL_KEY, AUTHOR_RECORDS and ADMINS.
 */
export const commandHandlers: Provider[] = [
  ...postHandlers,
  ...discussionHandlers,
  ...commentHandlers,
  ...reactionHandlers,
  ...memberHandlers,
  ...invitationHandlers,
  ...reservationHandlers,
  ...policyHandlers,
  ...reportHandlers,
  ...sanctionHandlers,
  ...lookHandlers,
  ...imageHandlers,
  ...keyHandlers,
  ...erasureHandlers,
  ...siteHandlers,
  ...logKeyHandlers,
  ...linkHandlers,
  ...mailHandlers,
  ...callHandlers,
  ...sessionHandlers,
  ...guestHandlers,
  ...inboxHandlers,
  ...pushHandlers,
  ...hubHandlers,
  ...newsletterHandlers,
  ...draftHandlers,
  ...postDraftHandlers,
  ...previewHandlers,
  ...bookmarkHandlers,
  ...visitHandlers,
  ...translationHandlers,
  ...translationReportHandlers,
  {
    provide: ForumFacts,
    inject: [EVENT_STORE, AUTHOR_RECORDS, ADMINS],
    useFactory: (store: EventStore, records: AuthorRecords, admins: Admins) => new ForumFacts(store, records, admins),
  },
  {
    provide: MemberRegistration,
    inject: [CommandBus, PASSWORD_HASHING, MemberLookup, ForumFacts, InvitationLookup],
    useFactory: (
      ...[commands, passwords, members, facts, invitations]: [
        CommandBus,
        PasswordHashing,
        MemberLookup,
        ForumFacts,
        InvitationLookup,
      ]
    ) => {
      const siteName = async (): Promise<string> => (await facts.site()).name;
      return new MemberRegistration({ commands, passwords, members, invitations, siteName });
    },
  },
  {
    provide: InvitationLookup,
    inject: [EVENT_STORE, VAULT, ForumFacts],
    useFactory: (store: EventStore, vault: Vault, facts: ForumFacts) => new InvitationLookup(store, vault, facts),
  },
  {
    provide: InvitationIssuing,
    inject: [CommandBus, InvitationLookup],
    useFactory: (commands: CommandBus, invitations: InvitationLookup) => new InvitationIssuing(commands, invitations),
  },
  {
    provide: ProviderLinks,
    inject: [CommandBus, MemberLookup],
    useFactory: (commands: CommandBus, members: MemberLookup) => new ProviderLinks(commands, members),
  },
  {
    provide: PostPublishing,
    inject: [CommandBus, ForumFacts],
    useFactory: (commands: CommandBus, facts: ForumFacts) => new PostPublishing(commands, facts),
  },
  {
    provide: ImageStoring,
    inject: [CommandBus, EVENT_STORE, IMAGE_FILES],
    useFactory: (commands: CommandBus, store: EventStore, files: ImageFiles) =>
      new ImageStoring(commands, store, files),
  },
  {
    provide: KeyDestruction,
    inject: [CommandBus, VAULT, EVENT_STORE],
    useFactory: (commands: CommandBus, vault: ErasingVault, store: EventStore) =>
      new KeyDestruction(commands, vault, store),
  },
  {
    provide: StreamErasing,
    inject: [EVENT_STORE, KeyDestruction, IMAGE_FILES],
    useFactory: (store: EventStore, destruction: KeyDestruction, files: ImageFiles) =>
      new StreamErasing(store, destruction, files),
  },
  {
    provide: PersonalStreams,
    inject: [EVENT_STORE, VAULT, MemberLookup],
    useFactory: (store: EventStore, vault: Vault, lookup: MemberLookup) => new PersonalStreams(store, vault, lookup),
  },
  {
    provide: MemberLookup,
    inject: [EVENT_STORE, VAULT, EMAIL_KEY],
    useFactory: (store: EventStore, vault: Vault, emailKey: EmailKey) =>
      new MemberLookup(store, vault, new EmailNames(emailKey)),
  },
  {
    provide: EmailConfirming,
    inject: [CommandBus, MemberLookup],
    useFactory: (commands: CommandBus, members: MemberLookup) => new EmailConfirming(commands, members),
  },
  {
    provide: LinkLookup,
    inject: [EVENT_STORE, VAULT, MemberLookup],
    useFactory: (store: EventStore, vault: Vault, members: MemberLookup) => new LinkLookup(store, vault, members),
  },
  {
    provide: LinkForgetting,
    inject: [EVENT_STORE, VAULT, KeyDestruction],
    useFactory: (store: EventStore, vault: Vault, destruction: KeyDestruction) =>
      new LinkForgetting({ store, vault, destruction }),
  },
  {
    provide: PushForgetting,
    inject: [EVENT_STORE, VAULT, KeyDestruction],
    useFactory: (store: EventStore, vault: Vault, destruction: KeyDestruction) =>
      new PushForgetting({ store, vault, destruction }),
  },
  {
    provide: LinkIssuing,
    inject: [CommandBus, LinkLookup],
    useFactory: (commands: CommandBus, links: LinkLookup) => new LinkIssuing(commands, links),
  },
  {
    provide: ClaimableComments,
    inject: [EVENT_STORE, VAULT, MemberLookup],
    useFactory: (store: EventStore, vault: Vault, { names }: MemberLookup) =>
      new ClaimableComments({ store, vault }, names),
  },
  {
    provide: GuestLetters,
    inject: [EVENT_STORE, VAULT, MemberLookup],
    useFactory: (store: EventStore, vault: Vault, { names }: MemberLookup) => new GuestLetters({ store, vault }, names),
  },
  {
    provide: Subscribers,
    inject: [EVENT_STORE, VAULT, CommandBus, KeyDestruction],
    useFactory: (store: EventStore, vault: Vault, commands: CommandBus, destruction: KeyDestruction) =>
      new Subscribers({ store, vault, commands, destruction }),
  },
  {
    provide: GuestComments,
    inject: [EVENT_STORE, VAULT, CommandBus, KeyDestruction],
    useFactory: (store: EventStore, vault: Vault, commands: CommandBus, keys: KeyDestruction) =>
      new GuestComments({ store, vault }, commands, keys),
  },
];
