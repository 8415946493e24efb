/**
 * The limits of a text: its length in characters (code points, after NFC and trimming), and whether it may have several
 * lines.
 */
export interface TextLimits {
  readonly min: number;
  readonly max: number;
  readonly lines: 'one' | 'many';
}

/** Every kind of text that people write. Settings of the forum may allow less. */
export const TEXT_LIMITS = {
  comment: { min: 1, max: 10_000, lines: 'many' },
  /** The reason of an author who removes a comment, of a moderator who changes a discussion or refuses a member. */
  reason: { min: 0, max: 500, lines: 'many' },
  title: { min: 1, max: 200, lines: 'one' },
  postBody: { min: 1, max: 200_000, lines: 'many' },
  excerpt: { min: 0, max: 2_000, lines: 'many' },
  tag: { min: 1, max: 50, lines: 'one' },
  handle: { min: 3, max: 30, lines: 'one' },
  displayName: { min: 1, max: 80, lines: 'one' },
  email: { min: 3, max: 254, lines: 'one' },
  /** A handle or an e-mail address. */
  login: { min: 1, max: 254, lines: 'one' },
  /** The last part of the address of a link in a mail. */
  link: { min: 1, max: 100, lines: 'one' },
  /** A path of the forum to go to. */
  path: { min: 1, max: 2_000, lines: 'one' },
  /** The token of an invitation. */
  invitation: { min: 1, max: 100, lines: 'one' },
  /** A token of the host blog. */
  ssoToken: { min: 1, max: 4_096, lines: 'one' },
  /** A member's words to moderators with a report. */
  reportNote: { min: 0, max: 1_000, lines: 'many' },
  /** Moderators' words to each other about a decision. */
  decisionNote: { min: 0, max: 2_000, lines: 'many' },
  /** The reason of a decision or a sanction: one of the list, or free words. */
  ownReason: { min: 1, max: 500, lines: 'many' },
  /** The words that a member reads about a sanction or an appeal. */
  statement: { min: 1, max: 2_000, lines: 'many' },
  appeal: { min: 1, max: 5_000, lines: 'many' },
  /** Moderators' words to each other about a member. */
  memberNote: { min: 1, max: 5_000, lines: 'many' },
  /** A code of the second factor or a recovery code, however it is grouped. */
  code: { min: 1, max: 40, lines: 'one' },
  /** A member's own name for a passkey. */
  passkeyName: { min: 1, max: 80, lines: 'one' },
  /** The browser and system of a session, in few words. */
  device: { min: 0, max: 80, lines: 'one' },
  siteName: { min: 1, max: 60, lines: 'one' },
  tagline: { min: 0, max: 120, lines: 'one' },
  siteDescription: { min: 0, max: 300, lines: 'one' },
  /** A page that admins write: about, rules, privacy, imprint. */
  sitePage: { min: 0, max: 20_000, lines: 'many' },
  menuLabel: { min: 1, max: 40, lines: 'one' },
  policyNote: { min: 0, max: 500, lines: 'many' },
  /** What an image shows, in words. */
  imageAlt: { min: 0, max: 1_000, lines: 'one' },
} as const satisfies Readonly<Record<string, TextLimits>>;

/** Other forums had other limits, and their texts are imported whole. */
export const IMPORT_TEXT_LIMITS = {
  comment: { min: 1, max: 200_000, lines: 'many' },
  title: { min: 1, max: 1_000, lines: 'one' },
  postBody: { min: 1, max: 2_000_000, lines: 'many' },
  excerpt: { min: 0, max: 20_000, lines: 'many' },
  tag: { min: 1, max: 200, lines: 'one' },
  byline: { min: 1, max: 200, lines: 'one' },
} as const satisfies Readonly<Record<string, TextLimits>>;

/** Characters after NFC; passwords are kept as typed. */
export const PASSWORD_LIMITS = { min: 10, max: 200 } as const;
/** A known password may be shorter, since older ones were. */
export const KNOWN_PASSWORD_LIMITS = { min: 1, max: PASSWORD_LIMITS.max } as const;

/** Bytes of an image that a member brings. */
export const MOST_IMAGE_UPLOAD_BYTES = 10 * 1_048_576;
/** The images of one member that are kept; editors illustrate posts. */
export const MOST_KEPT_IMAGES = { member: 500, editor: 20_000 } as const;

/** Depth of the deepest answer; 0 is an answer to the post. */
export const DEEPEST_ANSWER = 10;
export const MOST_TAGS = 20;
export const MOST_IMPORTED_TAGS = 500;
/** The most edits of one comment: each is a text that is kept and shown for ever. */
export const MOST_EDITS = 1_000;
/** The longest wait between two comments of a member in one discussion. */
export const MOST_SLOW_MODE_SECONDS = 86_400;
/** Featured comments of one discussion. */
export const MOST_FEATURED = 100;
/** The most items on one page of a list. */
export const MOST_PER_PAGE = 100;
/** The posts on one page of a list of posts, whose numbers of comments are followed live together. */
export const POSTS_A_PAGE = 10;
/** The most comments of one bulk decision. */
export const MOST_DECIDED_AT_ONCE = 200;
/** The most cases that a moderator's page shows at once. */
export const MOST_CASES_SHOWN = 100;
export const MOST_POLICY_RULES = 50;
/** The most entries in one list of words of the policy. */
export const MOST_POLICY_WORDS = 10_000;
/** The most characters in all entries together, since a policy is read, sent and shown as a whole. */
export const MOST_POLICY_CHARACTERS = 200_000;
/** Of a post's title and text, which the form of a translation brings back to be compared: UTF-16 units. */
export const MOST_COMPARED_CHARACTERS = 20_000;
