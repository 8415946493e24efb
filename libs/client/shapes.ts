import type {
  ActivityKind,
  CommentStatus,
  DifferenceKind,
  DiffKind,
  DiscussionState,
  ListedState,
  Membership,
  PlaceAtOnce,
  PostKind,
  PostStatus,
  RevisionKind,
  Role,
  SanctionKind,
  SignInWay,
  TextLanguage,
  ThreadChangeKind,
  TranslationLanguage,
} from '../words/index.ts';
import type { CoseAlgorithm, Count, PositionText, Timestamp, Uuid } from './formats.ts';

/**
 * The shapes of REST and live, as DESIGN sections 6 and 7 fix them. Positions are decimal strings, times RFC 3339 UTC.
 */

export interface MemberAuthor {
  readonly id: Uuid;
  readonly handle: string;
  readonly displayName: string;
  /** Shown as a badge; absent for those who are only members. */
  readonly roles?: readonly Role[];
}
export interface ImportedAuthor {
  readonly id: null;
  readonly displayName: string;
  readonly imported: true;
  /** The page that they named as theirs, http or https; absent when they named none. */
  readonly url?: string;
  /** For moderators alone, on a comment that readers do not see. */
  readonly email?: string;
}
/** Somebody who wrote here without an account, and confirmed an e-mail address. */
export interface GuestAuthor {
  readonly id: null;
  readonly displayName: string;
  readonly guest: true;
  /** For admins alone, in the case of the comment. */
  readonly email?: string;
}
export type Author = MemberAuthor | ImportedAuthor | GuestAuthor;

/** An image of the forum: what a text shows as `![in words](address)`. */
export interface StoredImage {
  readonly id: Uuid;
  /** Pixels of its largest file; none is made larger than it came, and none wider than 1600. */
  readonly width: Count;
  readonly height: Count;
  /** It moves. */
  readonly animated: boolean;
  /** A path of the forum, with the size behind `#`. */
  readonly address: string;
}

/**
 * A thing with a text that was sealed.
 *
 * @internal
 */
export interface MayBeUnreadable {
  /**
   * Only set when the text cannot be read though nobody erased it: the text is null, and the forum's keeper has been
   * told.
   */
  readonly unreadable?: true;
}

/** What is told of a translation beside the text that it is of. */
export interface TranslationLine {
  readonly id: Uuid;
  readonly language: TranslationLanguage;
  /** Null for somebody who is gone. */
  readonly by: MemberAuthor | null;
  readonly writtenAt: Timestamp;
  /** Only set when the text was changed after it was translated. */
  readonly stale?: true;
  /** Of a stale one: when the text that stands was written. */
  readonly changedAt?: Timestamp;
  /** Of a stale one: when the text that it was made from was written; absent for a comment as it was posted. */
  readonly sourceAt?: Timestamp;
}

/** Author and text are null when the comment cannot be read. */
export interface Comment extends MayBeUnreadable {
  readonly id: Uuid;
  readonly postId: Uuid;
  readonly parentId: Uuid | null;
  readonly depth: Count;
  /** Null, like body and bodyHtml, for parts that this reader may not see. */
  readonly author: Author | null;
  readonly bodyHtml: string | null;
  /** Markdown source. */
  readonly body: string | null;
  readonly status: CommentStatus;
  readonly createdAt: Timestamp;
  readonly editedAt: Timestamp | null;
  /** The newest revision of its stream; an edit sends it back. */
  readonly revision: Count;
  /** Direct answers that this reader can see. */
  readonly replyCount: Count;
  readonly reactions: Readonly<Record<string, Count>>;
  /** The position of the event that last changed this comment's own text or status. */
  readonly position: PositionText;
  /** The language of the text (BCP 47), as it tells or as somebody said; absent where nothing told. */
  readonly language?: string;
  /** Only set on the answer that the author of the post, or an editor, accepted. */
  readonly accepted?: true;
  /** Only set when an editor featured the comment. */
  readonly featured?: true;
  /** The newest translation in each language; absent for none. */
  readonly translations?: readonly TranslationLine[];
}

export interface Discussion {
  readonly state: DiscussionState;
  readonly slowModeSeconds: Count;
  readonly pinnedCommentId: Uuid | null;
  /** Only set when the post asks something that one of the comments may be accepted as the answer to. */
  readonly asks?: true;
  /** The accepted answer; absent while there is none that everybody can read. */
  readonly acceptedCommentId?: Uuid;
  /** Featured comments that everybody can read; absent for none. */
  readonly featuredCount?: Count;
}

export interface PostSummary {
  readonly id: Uuid;
  readonly slug: string;
  readonly title: string;
  readonly kind: PostKind;
  readonly locale: string;
  /** HTML, safe to show. */
  readonly excerptHtml: string;
  readonly tags: readonly string[];
  readonly author: Author | null;
  readonly publishedAt: Timestamp;
  readonly editedAt: Timestamp | null;
  /** Editors alone see `scheduled` and `withdrawn`. */
  readonly status: PostStatus;
  /** Visible comments. */
  readonly commentCount: Count;
  /** The address of a page of another site, where the post of kind `page` is read. */
  readonly url?: string;
}
/** Visible comments of pages of other sites, by the addresses that were asked for. */
export interface PageCounts {
  readonly counts: Readonly<Record<string, Count>>;
}

/** A comment with the place where it was written. */
export interface RecentComment {
  readonly comment: Comment;
  readonly post: Pick<PostSummary, 'id' | 'slug' | 'title' | 'url' | 'locale'> & {
    /** The name of the site on which the page stands; absent for what was written here. */
    readonly site?: string;
  };
}

/** A post or a comment in which the words of a search stand. */
export interface FoundText {
  readonly kind: 'post' | 'comment';
  readonly id: Uuid;
  readonly post: RecentComment['post'];
  readonly author: Author | null;
  /** When the comment was posted, or the post came out. */
  readonly at: Timestamp;
  /** The language of the post, or the one that is recorded of the comment (BCP 47); absent where none is. */
  readonly language?: string;
  /** The title of the post: safe HTML with what was found in `<mark>`. */
  readonly titleHtml: string;
  /** The part of the text, or of a post's excerpt, that answers best: safe HTML on one line, with what was found in `<mark>`. Empty where the title alone has it. */
  readonly highlightHtml: string;
}

export interface Post extends PostSummary {
  readonly body: string;
  readonly bodyHtml: string;
  readonly excerpt: string | null;
  readonly discussion: Discussion;
  readonly revision: Count;
}

/** @internal */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** The next page's `cursor`; null on the last page. Pages of a search may be short, or empty, before that. */
  readonly next: string | null;
}

export interface CommentPage extends Page<Comment> {
  /** The position that this page shows. */
  readonly position: PositionText;
  /** Items on all pages, with the places of removed ones. */
  readonly total: Count;
}

/** The recorded comment, with its place in the log. */
export interface PostedComment {
  readonly comment: Comment;
  readonly position: PositionText;
  /** True for a guest's comment: nobody reads it until the link in the mail is opened and pressed. */
  readonly unconfirmed?: true;
}

/** A text as it would be read once posted. */
export interface Preview {
  readonly bodyHtml: string;
}

/** The times of everything that happened in a thread, for its time machine. */
export interface ThreadActivity {
  /** Everything up to here is counted. */
  readonly position: PositionText;
  /** The times of its first and its last event; null while there is none. */
  readonly from: Timestamp | null;
  readonly until: Timestamp | null;
  /** The moments between the parts, one more than those: a long silence takes less room than a busy day. */
  readonly axis: readonly Timestamp[];
  /** The count of each kind between two moments of the axis. */
  readonly parts: readonly Readonly<Record<ActivityKind, Count>>[];
  /** The moments that one can step through, oldest first; of more than 1,000, so many picked evenly. */
  readonly moments: readonly { readonly position: PositionText; readonly at: Timestamp; readonly kind: ActivityKind }[];
}

/** A comment that differs between two moments. */
export interface Differing {
  readonly kind: DifferenceKind;
  /** The time when its text or status was last changed. */
  readonly at: Timestamp;
  /** The comment at the later moment. */
  readonly comment: Comment;
  /** The difference of an edited one, by words. */
  readonly diff: readonly DiffPart[] | null;
}

/** The differences between two moments of a thread, in the order of the log. */
export interface ThreadDifference extends Page<Differing> {
  /** The position of the later moment. */
  readonly position: PositionText;
  /** The counts over all pages. */
  readonly counts: Readonly<Record<DifferenceKind, Count>>;
}

export interface ArchiveMonth {
  /**
   * `2015-10`
   *
   * @pattern ^\d{4}-\d{2}$
   */
  readonly month: string;
  readonly count: Count;
}

export interface Member {
  readonly id: Uuid;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  readonly createdAt: Timestamp;
}
/** A member as it sees itself. */
export interface OwnMember extends Member {
  /** Whether the member has opened a link that was sent to the address. */
  readonly emailConfirmed: boolean;
  /** Null for a member of the host blog whose token had none. */
  readonly email: string | null;
  /** The address that the member wants; left out when there is none. It counts once the link that was sent to it was opened. */
  readonly pendingEmail?: string;
  /** Left out unless the member has taken its page away from everybody but staff. */
  readonly pageHidden?: true;
  /** Left out unless the member lets newsletters quote its comments. */
  readonly mayBeQuoted?: true;
  /** The languages that the member reads; left out where it reads all. */
  readonly reads?: readonly TextLanguage[];
  /** Where the member wants translations of what it does not read; left out where it asks for each. */
  readonly translationsShown?: PlaceAtOnce;
  /** A waiting or refused member reads, and contributes nothing. */
  readonly state: Membership;
}
/** A member as admins and moderators see it in their list. */
export interface ListedMember extends Member {
  readonly state: ListedState;
  /** The kinds of the sanctions in force. */
  readonly sanctions: readonly SanctionKind[];
  /** `2015-10-05`, in UTC; null for a member who has not been seen since this was recorded. */
  readonly lastSeenOn: string | null;
  /** The rules of the policy because of which the member waits, by their names; for waiting members alone. */
  readonly heldBy?: readonly string[];
  /** For admins alone. */
  readonly email?: string | null;
  readonly emailConfirmed?: boolean;
}
/** A device on which a member is signed in. */
export interface OwnSession {
  readonly id: Uuid;
  /** The session that asks. */
  readonly current: boolean;
  /** How it signed in; null for a session from before this was recorded. */
  readonly way: SignInWay | null;
  /** Present when a recovery code was the second factor. */
  readonly usedRecoveryCode?: true;
  /** Browser and system in few words, with the site on whose page a frame stands; null when nothing is known. */
  readonly device: string | null;
  readonly openedAt: Timestamp;
  /** The day of its last use in UTC, such as `2015-10-05`; null when it is not recorded. */
  readonly lastSeenOn: string | null;
  /** When it is over at the latest, however much it is used. */
  readonly expiresAt: Timestamp;
}
/** A key with which a member signs in without a password. */
export interface Passkey {
  readonly id: Uuid;
  readonly name: string;
  readonly createdAt: Timestamp;
}
/** One key in the options of WebAuthn. */
export interface PasskeyDescriptor {
  readonly id: string;
  readonly type: 'public-key';
  readonly transports?: readonly string[];
}
/** PublicKeyCredentialCreationOptionsJSON of WebAuthn, as far as the forum uses it. */
export interface PasskeyCreation {
  readonly challenge: string;
  readonly rp: { readonly id: string; readonly name: string };
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string };
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: CoseAlgorithm }[];
  readonly timeout: Count;
  readonly attestation: 'none';
  readonly excludeCredentials: readonly PasskeyDescriptor[];
  readonly authenticatorSelection: { readonly residentKey: 'required'; readonly userVerification: 'required' };
}
/** PublicKeyCredentialRequestOptionsJSON of WebAuthn, as far as the forum uses it. */
export interface PasskeyRequest {
  readonly challenge: string;
  readonly rpId: string;
  readonly timeout: Count;
  readonly userVerification: 'required';
}
/** A secret for an authenticator; it counts once a code made of it comes back. */
export interface SecondFactorOffer {
  /** In base32. */
  readonly secret: string;
  /** What a QR code says (otpauth://). */
  readonly uri: string;
}
/** Each signs in once in place of a code; they are shown this one time. */
export interface RecoveryCodes {
  readonly recoveryCodes: readonly string[];
}
/** A member as everybody sees it on its page. */
export interface MemberProfile extends Member {
  readonly commentCount: Count;
}

export interface RegisteredMember {
  readonly member: OwnMember;
}

export interface Session {
  readonly token: string;
  readonly expiresAt: Timestamp;
  readonly member: OwnMember;
}

export interface Revision extends MayBeUnreadable {
  /** Of a mark (accepted, featured, or no longer so) that of the step before it: the history continues after it. */
  readonly revision: Count;
  readonly kind: RevisionKind;
  readonly at: Timestamp;
  readonly by: Author | null;
  /** Whether staff did it, whom only moderators are told by name; absent where nobody of them did. */
  readonly byStaff?: true;
  /** Null for a revision without a text, for an erased text, and for one that this viewer may not read. */
  readonly body: string | null;
  /** The difference to the revision before, by words; null where there is no text to compare. */
  readonly diff: readonly DiffPart[] | null;
  /** The language that is recorded of this text (BCP 47); absent where none is, and where the text is not told. */
  readonly language?: string;
}
/** The difference between the texts at two revisions. */
export interface CommentDiff {
  readonly from: Count;
  readonly to: Count;
  readonly diff: readonly DiffPart[];
}
export interface DiffPart {
  readonly kind: DiffKind;
  readonly text: string;
}

/** One step of a thread, by position; `comment` is as this reader may see it now. */
export interface ThreadChange {
  readonly position: PositionText;
  readonly at: Timestamp;
  readonly kind: ThreadChangeKind;
  readonly comment?: Comment;
  readonly discussion?: Discussion;
}

/** Whether the process answers. */
export interface Liveness {
  readonly status: 'live';
}

/** Whether the forum can take work. */
export interface Readiness {
  /** `degraded`: it serves, but something was found that a keeper must look at. */
  readonly status: 'ready' | 'degraded' | 'not ready';
  /** The reasons why it is not ready, or the findings, one sentence each. */
  readonly reasons: readonly string[];
  readonly log: { readonly writable: boolean };
  /** The tree over the log's events; `trouble` says why nothing is proven, which stops neither reading nor writing. */
  readonly tree: { readonly size: Count; readonly trouble: string | null };
  readonly views: readonly {
    readonly name: string;
    readonly version: Count;
    readonly position: PositionText;
    /** `late`: it has stood still for half a minute behind what other views have read, so what is new is missing from it. */
    readonly state: 'following' | 'building' | 'late' | 'stopped';
    /** How much of it is built, in percent, while nothing of it can be read: the forum may be ready without its search. */
    readonly built?: Count;
  }[];
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: Count;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}
