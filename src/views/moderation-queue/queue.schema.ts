import { REPORT_OUTCOMES, type ReportOutcome } from '../../../libs/words/index.ts';

/** `report.outcome` is an outcome as its place in REPORT_OUTCOMES. */
export const OUTCOME: Readonly<Record<ReportOutcome, number>> = {
  open: REPORT_OUTCOMES.indexOf('open'),
  upheld: REPORT_OUTCOMES.indexOf('upheld'),
  dismissed: REPORT_OUTCOMES.indexOf('dismissed'),
  moot: REPORT_OUTCOMES.indexOf('moot'),
};

/** The weight of a report by the policy: that of a member who has always been right. */
export const POLICY_WEIGHT = 1_000;

/**
 * The weight of a member's report in thousandths: the share of its earlier ones that moderators agreed with. Each
 * member begins with one right of two.
 */
export function reporterWeight({ upheld, dismissed }: { readonly upheld: number; readonly dismissed: number }): number {
  return Math.round((POLICY_WEIGHT * (upheld + 1)) / (upheld + dismissed + 2));
}

/**
 * `item` has a row for each comment that anybody, member, policy or moderator, ever reported or decided on. `list` is
 * where it waits, as its place in QUEUE_LISTS, null for nowhere; `status` is a place in COMMENT_STATUSES. `flagged`:
 * the policy let it through with a report that nobody has answered. `judged` is the newest CommentJudged, sealed, and
 * `held_by` its rules where it held the comment;
 * `since` and `entered` are the time and the position at which it came to its list. `change` holds what a decision
 * changed besides the status, so that an undo restores exactly that.
 */
export const QUEUE_SCHEMA = `
  CREATE TABLE item (
    comment BLOB PRIMARY KEY, post BLOB NOT NULL, status INTEGER NOT NULL DEFAULT 0, flagged INTEGER NOT NULL DEFAULT 0,
    rules TEXT, policy_version INTEGER, judged BLOB, reasons TEXT, held_by TEXT,
    list INTEGER, score INTEGER NOT NULL DEFAULT 0, since INTEGER NOT NULL, entered INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX item_list ON item (list, score DESC, entered) WHERE list IS NOT NULL;
  CREATE INDEX item_since ON item (list, since) WHERE list IS NOT NULL;
  CREATE TABLE report (
    n INTEGER PRIMARY KEY, comment BLOB NOT NULL, member BLOB NOT NULL, author BLOB,
    reason TEXT NOT NULL, revision INTEGER NOT NULL,
    at INTEGER NOT NULL, sealed BLOB, outcome INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX report_comment ON report (comment, n);
  CREATE INDEX report_member ON report (member, n);
  CREATE INDEX report_author ON report (author) WHERE author IS NOT NULL;
  CREATE TABLE reporter (
    member BLOB PRIMARY KEY, upheld INTEGER NOT NULL DEFAULT 0, dismissed INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE decision (
    id BLOB PRIMARY KEY, n INTEGER NOT NULL, comment BLOB NOT NULL, post BLOB NOT NULL, action TEXT NOT NULL,
    was TEXT NOT NULL, became TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT, revision INTEGER NOT NULL,
    seen TEXT NOT NULL, bulk BLOB, undoes BLOB, undone INTEGER NOT NULL DEFAULT 0, sealed BLOB,
    flagged INTEGER NOT NULL, since INTEGER NOT NULL, entered INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX decision_comment ON decision (comment, n);
  CREATE INDEX decision_bulk ON decision (bulk) WHERE bulk IS NOT NULL;
  CREATE TABLE change (
    decision BLOB, report INTEGER, outcome INTEGER NOT NULL, PRIMARY KEY (decision, report)
  ) WITHOUT ROWID;
`;

export const QUEUE_DIGEST = [
  'SELECT * FROM item ORDER BY comment',
  'SELECT * FROM report ORDER BY n',
  'SELECT * FROM reporter ORDER BY member',
  'SELECT * FROM decision ORDER BY id',
  'SELECT * FROM change ORDER BY decision, report',
];
