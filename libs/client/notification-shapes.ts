import type { NotificationKind, NotificationWays, TranslationLanguage, TranslationReason } from '../words/index.ts';
import type { Count, Timestamp, Uuid } from './formats.ts';
import type { Author, MemberAuthor } from './shapes.ts';

/** What a member was told of. */
export interface Notification {
  /** The position of the log at which it happened, and its id. */
  readonly position: string;
  readonly kind: NotificationKind;
  /** RFC 3339. */
  readonly at: string;
  readonly read: boolean;
  /** The discussion that it is about; null for none. */
  readonly post: { readonly id: string; readonly slug: string; readonly title: string } | null;
  /** `author` and `excerpt` of what was written: null where the notification is about the reader's own comment, or a report. */
  readonly comment: {
    readonly id: string;
    readonly author: Author | null;
    readonly excerpt: string | null;
    /** The language of the excerpt (BCP 47); absent where nothing told it. */
    readonly language?: string;
  } | null;
  /**
   * For a decision or a report: the comment's status after it, `erased` for one that was purged, or `roles` where an admin gave the reader a role or
   * took one away, and `translation-removed` or `translation-kept` where it is about a translation; for a sanction its kind, or `lifted`; for an appeal `granted` or `refused`. Null for what was written.
   */
  readonly outcome: string | null;
  /** The reader's translation that a moderator removed: into which language it was, and why it is gone; absent for all else, and once it is erased. */
  readonly translation?: { readonly language: TranslationLanguage; readonly reason: TranslationReason };
  /** What the moderator who removed the reader's translation wrote to the reader; absent for nothing. */
  readonly statement?: string;
}

export interface NotificationList {
  readonly items: readonly Notification[];
  readonly next: string | null;
  /** 100 means so many or more. */
  readonly unread: Count;
}

/** What became of a mail that was handed over. */
export interface TakenInboundMail {
  /**
   * `ignored`: a program wrote it, or it is no answer of a member; nobody is told. `returned`: it reports that a mail of the
   * newsletter came back, or of a complaint.
   */
  readonly outcome: 'posted' | 'refused' | 'ignored' | 'returned';
  /** The comment; null for none. */
  readonly commentId: string | null;
  /** Why it is no comment; null where it is one. */
  readonly reason: string | null;
}

/** Times of the day such as 22:00. */
export interface QuietTime {
  readonly from: string;
  readonly to: string;
}

export interface NotificationPreferences {
  /** For each kind the ways that are on. */
  readonly ways: NotificationWays;
  /** Whether the member follows a discussion by commenting. */
  readonly followOwn: boolean;
  readonly quietHours: QuietTime | null;
  /** IANA; null for the zone of the site. */
  readonly timeZone: string | null;
}

/** Absent fields stay as they are; of `ways` the kinds that are absent. */
export interface NotificationChoice {
  readonly ways?: Partial<NotificationWays>;
  readonly followOwn?: boolean;
  readonly quietHours?: QuietTime | null;
  readonly timeZone?: string | null;
}

/** How a member stands to a discussion. */
export interface DiscussionAttention {
  readonly postId: string;
  readonly following: boolean;
  readonly muted: boolean;
}

/** A discussion that a member follows or mutes; `post` is null where readers find none now. */
export interface AttendedDiscussion {
  readonly postId: string;
  readonly post: { readonly id: string; readonly slug: string; readonly title: string } | null;
}

/** Somebody whom a member ignores; `member` is null where there is no such member any more. */
export interface IgnoredMember {
  readonly memberId: string;
  readonly member: MemberAuthor | null;
}

/** Where a browser is told by push, as its subscription has it (Push API). */
export interface PushWish {
  /** An https: address of a push service. */
  readonly endpoint: string;
  /** The public key of the device: P-256, uncompressed, base64url. */
  readonly p256dh: string;
  /** The secret for authentication: 16 bytes, base64url. */
  readonly auth: string;
}

/** A device that is told by push. */
export interface PushDevice {
  readonly id: Uuid;
  readonly addedAt: Timestamp;
  /** Browser and system in few words; null where nothing is known. */
  readonly device: string | null;
  /** Whether it was added in the session that asks. */
  readonly current: boolean;
}

export interface PushDevices {
  /** The key that a browser subscribes with (applicationServerKey), base64url. */
  readonly publicKey: string;
  /** The newest first. */
  readonly devices: readonly PushDevice[];
}

export interface ReadMark {
  /** A position of the log. */
  readonly upTo: string;
}

export interface UnreadCount {
  /** 100 means so many or more. */
  readonly unread: Count;
}

/** What is new for a member. */
export interface NotificationChanges {
  /** Newest first; the newest only, where there are more than 20, and `reload` says so. */
  readonly changes: readonly Notification[];
  readonly reload: boolean;
  /** 100 means so many or more. */
  readonly unread: Count;
}
