import type { Database } from 'better-sqlite3';

export interface ItemStateRow {
  readonly comment: Buffer;
  readonly status: number;
  readonly flagged: number;
  readonly list: number | null;
  readonly score: number;
  readonly since: number;
  readonly entered: bigint;
}

export interface ReportStateRow {
  readonly n: bigint;
  readonly comment: Buffer;
  readonly member: Buffer;
  readonly outcome: bigint;
}

export interface DecisionStateRow {
  readonly flagged: number;
  readonly since: number;
  readonly entered: bigint;
}

export type QueueStatements = ReturnType<typeof prepareQueue>;

/**
 * The projection's statements, each prepared once; `n`, `entered` and `report` are positions, which are always bigints.
 */
export function prepareQueue(db: Database) {
  return {
    item: db.prepare<unknown[], ItemStateRow>(`
      SELECT comment, status, flagged, list, score, since, entered FROM item WHERE comment = ?`),
    addItem: db.prepare<unknown[]>('INSERT INTO item (comment, post, since, entered) VALUES (?, ?, ?, ?)'),
    place: db.prepare<unknown[]>(`
      UPDATE item SET status = ?, flagged = ?, list = ?, score = ?, since = ?, entered = ? WHERE comment = ?`),
    judge: db.prepare<unknown[]>(
      'UPDATE item SET rules = ?, policy_version = ?, held_by = ?, judged = ? WHERE comment = ?',
    ),
    nameReasons: db.prepare<unknown[]>('UPDATE item SET reasons = ? WHERE comment = ?'),
    addReport: db.prepare<unknown[]>(`
      INSERT INTO report (n, comment, member, author, reason, revision, at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    reportsOn: db
      .prepare<unknown[], ReportStateRow>('SELECT n, comment, member, outcome FROM report WHERE comment = ? ORDER BY n')
      .safeIntegers(),
    openReportsBy: db.prepare<unknown[], { comment: Buffer }>(
      'SELECT DISTINCT comment FROM report WHERE member = ? AND outcome = 0',
    ),
    report: db
      .prepare<unknown[], ReportStateRow>('SELECT n, comment, member, outcome FROM report WHERE n = ?')
      .safeIntegers(),
    setOutcome: db.prepare<unknown[]>('UPDATE report SET outcome = ? WHERE n = ?'),
    knowReporter: db.prepare<unknown[]>('INSERT OR IGNORE INTO reporter (member) VALUES (?)'),
    countReporter: db.prepare<unknown[]>(`
      UPDATE reporter SET upheld = upheld + ?, dismissed = dismissed + ? WHERE member = ?`),
    openWeights: db.prepare<unknown[], { upheld: number; dismissed: number }>(`
      SELECT r.upheld, r.dismissed FROM report JOIN reporter r ON r.member = report.member
      WHERE report.comment = ? AND report.outcome = 0`),
    addDecision: db.prepare<unknown[]>(`
      INSERT INTO decision (id, n, comment, post, action, was, became, by, at, reason, revision, seen, bulk, undoes, sealed,
        flagged, since, entered) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    decision: db.prepare<unknown[], { flagged: number; since: number }>(
      'SELECT flagged, since FROM decision WHERE id = ?',
    ),
    entered: db.prepare<unknown[], bigint>('SELECT entered FROM decision WHERE id = ?').pluck().safeIntegers(),
    itemEntered: db.prepare<unknown[], bigint>('SELECT entered FROM item WHERE comment = ?').pluck().safeIntegers(),
    markUndone: db.prepare<unknown[]>('UPDATE decision SET undone = ? WHERE id = ?'),
    /** When an undo is undone, what it had undone is in force again. */
    markRedone: db.prepare<unknown[]>(
      'UPDATE decision SET undone = 0 WHERE id = (SELECT undoes FROM decision WHERE id = ?)',
    ),
    addChange: db.prepare<unknown[]>('INSERT INTO change (decision, report, outcome) VALUES (?, ?, ?)'),
    changesBy: db
      .prepare<unknown[], { report: bigint; outcome: bigint }>('SELECT report, outcome FROM change WHERE decision = ?')
      .safeIntegers(),
  };
}
