/** What a text may be: lengths in characters (code points, after NFC and trimming), and whether it may have lines. */
export interface TextLimits {
  readonly min: number;
  readonly max: number;
  readonly lines: 'one' | 'many';
}

/** Every text that people write here. Settings of the forum may allow less. */
export const TEXT_LIMITS = {
  comment: { min: 1, max: 10_000, lines: 'many' },
  /** Of an author who removes a comment, and of a moderator who changes a discussion. */
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
  /** What a member tells moderators with a report. */
  reportNote: { min: 0, max: 1_000, lines: 'many' },
  /** What moderators tell each other about a decision. */
  decisionNote: { min: 0, max: 2_000, lines: 'many' },
  /** The reason of a decision or a sanction: one of the list, or words of one's own. */
  ownReason: { min: 1, max: 500, lines: 'many' },
  /** What a member reads of a sanction, and of what became of an appeal. */
  statement: { min: 1, max: 2_000, lines: 'many' },
  appeal: { min: 1, max: 5_000, lines: 'many' },
  /** What moderators tell each other about a member. */
  memberNote: { min: 1, max: 5_000, lines: 'many' },
  policyNote: { min: 0, max: 500, lines: 'many' },
} as const satisfies Readonly<Record<string, TextLimits>>;

/** Other forums had other limits, and what was published there is brought over whole. */
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
/** When it is asked for, an old one that was shorter is right too. */
export const KNOWN_PASSWORD_LIMITS = { min: 1, max: PASSWORD_LIMITS.max } as const;

/** Depth of the deepest answer; 0 is an answer to the post. */
export const DEEPEST_ANSWER = 10;
export const MOST_TAGS = 20;
export const MOST_IMPORTED_TAGS = 500;
/** Of one comment: each is a text that is kept and shown for ever. */
export const MOST_EDITS = 1_000;
/** Between two comments of a member in one discussion. */
export const MOST_SLOW_MODE_SECONDS = 86_400;
/** Items of one page of a list. */
export const MOST_PER_PAGE = 100;
/** Comments that one bulk decision decides on. */
export const MOST_DECIDED_AT_ONCE = 200;
/** Cases that a moderator's page shows at once. */
export const MOST_CASES_SHOWN = 100;
export const MOST_POLICY_RULES = 50;
/** Entries of one list of words of the policy. */
export const MOST_POLICY_WORDS = 10_000;
/** Characters of all of them: a policy is read, sent and shown whole. */
export const MOST_POLICY_CHARACTERS = 200_000;
