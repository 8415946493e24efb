import type {
  CommentFilter,
  CommentSort,
  DiscussionState,
  FoundKind,
  ListedState,
  Locale,
  PostKind,
  Role,
  SearchSort,
  TextLanguage,
  TranslationPlace,
  WrittenPostKind,
} from '../words/index.ts';
import type { Comment } from './shapes.ts';

/** The bodies of the requests in DESIGN section 6. Absent fields of a change stay as they are. */

export interface NewMember {
  readonly handle: string;
  readonly displayName: string;
  readonly email: string;
  readonly password: string;
  readonly locale?: string;
  /** The token of an invitation. */
  readonly invitation?: string;
  /** For the first member of a forum that is not on this machine: the code that its server printed. */
  readonly founderCode?: string;
  /** The solution of the challenge of a `proof_required`, see `proofText`. */
  readonly proof?: string;
}

/** Absent: no roles, nobody's address, the language of the forum, no note, two weeks. */
export interface InvitationWish {
  readonly roles?: readonly Role[];
  readonly email?: string;
  /** The language of the mail, one of those that the forum offers. */
  readonly locale?: string;
  readonly note?: string;
  readonly expiresAt?: string;
}

export interface MembershipChange {
  readonly state: 'active' | 'refused';
  /** Told to a member who is refused. */
  readonly reason?: string;
}

export interface MemberChange {
  readonly displayName?: string;
  readonly locale?: string;
  readonly password?: string;
  readonly currentPassword?: string;
  /** Counts once the link that is sent to it was opened. */
  readonly email?: string;
  /** Null gives up the address that is wanted, whose link then works no more. */
  readonly pendingEmail?: null;
  /** Whether the own page is taken away from everybody but staff. */
  readonly pageHidden?: boolean;
  /** Whether newsletters may quote the own comments. */
  readonly mayBeQuoted?: boolean;
  /** The languages that the member reads: comments in others are folded for it. Empty for all. */
  readonly reads?: readonly TextLanguage[];
  /** Where translations of what the member does not read are shown to it: when it asks, below the original, or in its place. */
  readonly translationsShown?: TranslationPlace;
}

export interface RolesChange {
  readonly roles: readonly Role[];
}

export interface Login {
  /** Handle or e-mail. */
  readonly login: string;
  readonly password: string;
}

/** A link for an address is asked for; whether it has an account is told to nobody but its owner, by mail. */
export interface LinkWish {
  readonly email: string;
}
export interface SignInLinkWish extends LinkWish {
  /** A path of the forum. */
  readonly next?: string;
}
/** The newsletter is asked for; whether the address gets it already is told to nobody. */
export interface SubscriptionWish {
  readonly email: string;
  /** The forum's own language unless given. */
  readonly locale?: Locale;
}
/** Signing in by the link of a mail: its last part. */
export interface LinkLogin {
  readonly link: string;
  /** Of the second factor, where the account has one. */
  readonly code?: string;
}

/** `code` is one of the second factor or a recovery code. */
export interface SignInWish extends Login {
  readonly code?: string;
}

/** The browser's AuthenticationResponseJSON (WebAuthn). */
export interface PasskeySignIn {
  readonly passkey: object;
}

/** The browser's RegistrationResponseJSON (WebAuthn), and the member's own name for the key. */
export interface AddedPasskey {
  readonly passkey: object;
  readonly name?: string;
}

export interface CodeSent {
  readonly code: string;
}

/** Asked for when the sign-in is older than ten minutes. */
export interface FreshPassword {
  readonly password?: string;
}

/** Signing in as one of the people of the host blog: a JWT that it has signed. */
export interface SsoLogin {
  readonly sso: string;
}

export interface ListOptions {
  readonly limit?: number;
  /** `next` of the page before. */
  readonly cursor?: string | null;
}

export interface MemberListOptions extends ListOptions {
  /** A part of a handle or a display name; for admins also a whole address. */
  readonly q?: string;
  readonly role?: Role;
  readonly state?: ListedState;
}

export interface PostListOptions extends ListOptions {
  /** `2015-10` */
  readonly month?: string;
  readonly kind?: WrittenPostKind;
  readonly tag?: string;
  readonly q?: string;
}

/** A moment of a thread: by its place in the log, or by time (RFC 3339); one of the two. */
export interface MomentOptions {
  readonly position?: string;
  readonly at?: string;
}

/** With a moment, the thread as it stood then. */
export interface ThreadOptions extends ListOptions, MomentOptions {
  readonly sort?: CommentSort;
  /** Only these, each for itself; not of a moment. */
  readonly only?: CommentFilter;
}

/** From one moment (`after` a position, or `since` a time) to another, or to now. */
export interface DifferenceOptions extends ListOptions, MomentOptions {
  readonly after?: string;
  readonly since?: string;
}

export interface NewPost {
  /** A UUID chosen by the writer: a repeat is then recognised. */
  readonly id?: string;
  readonly title: string;
  /** The name in addresses to try first; made of the title unless given. */
  readonly slug?: string;
  /** Markdown. */
  readonly body: string;
  readonly excerpt?: string | null;
  readonly tags?: readonly string[];
  readonly kind?: PostKind;
  /** RFC 3339. */
  readonly publishAt?: string;
}

/** A page of another site; `title` counts until its first comment. */
export interface WishedPage {
  readonly url: string;
  readonly title?: string;
}

/** `revision` is that of the post which the writer saw: a change of a newer one is refused. */
export type PostChange = Partial<Omit<NewPost, 'id' | 'kind' | 'slug'>> & {
  /** The new name in addresses; the former addresses lead to the post from then on. */
  readonly slug?: string;
  readonly revision?: number;
};

/** Fields that are left out stay as they are. */
export interface DiscussionChange {
  readonly state?: DiscussionState;
  readonly slowModeSeconds?: number;
  readonly pinnedCommentId?: string | null;
  /** The reason, for moderators and auditors. */
  readonly reason?: string | null;
}

/** `id` is a UUID chosen by the writer: a repeat is then recognised. */
export interface NewComment extends Partial<Pick<Comment, 'id' | 'parentId'>> {
  /** Markdown, as long as TEXT_LIMITS allow. */
  readonly body: string;
  /** Of a writer without an account, where the site takes guests; members leave it out. */
  readonly guest?: Guest;
  /** Of a guest: the solution of the challenge of a `proof_required`. */
  readonly proof?: string;
}

/** Who writes without an account. A mail to the address asks for a confirmation. */
export interface Guest {
  readonly name: string;
  readonly email: string;
  /** The language of the mail; the site's own unless given. */
  readonly locale?: string;
}

export interface CommentEdit {
  readonly body: string;
  /** The newest revision that the writer has seen. */
  readonly revision: number;
}

export interface SearchWish extends ListOptions {
  /** Words, `"phrases"`, `beginnings*`, `-without`, `author:handle`, `author:"a name"`. */
  readonly q: string;
  /** Both unless told. */
  readonly in?: readonly FoundKind[];
  /** An id or a slug. */
  readonly post?: string;
  /** A handle, the whole name that a member shows, or a name of somebody without an account. */
  readonly author?: string;
  readonly tag?: string;
  /** An origin, or `own`. */
  readonly site?: string;
  /** A day of UTC, or a moment of RFC 3339 in UTC; a day of `to` belongs to it. */
  readonly from?: string;
  readonly to?: string;
  readonly sort?: SearchSort;
  /** The last word may go on. */
  readonly typing?: boolean;
}
