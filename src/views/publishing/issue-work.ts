import type { Database } from 'better-sqlite3';
import type { IssueProgress } from '../../../libs/client/index.ts';
import { reading, statement, type Views } from '../../../libs/projections/index.ts';
import { type IssueReturn, NEWSLETTER_TASK } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { issueMail, issueMails } from '../mails/door/issue-mails.ts';
import { moment } from '../moment.ts';
import type { IssueReturns, IssueWork, MailedIssueOf } from './publishing.query-types.ts';

interface IssueRow {
  readonly post: Buffer;
  readonly state: 'sending' | 'stopped' | 'finished';
  readonly begun: number;
  readonly last: Buffer | null;
  readonly handed: number;
  readonly sent: number | null;
  readonly unsent: number | null;
}

const COLUMNS = 'post, state, begun, last, handed, sent, unsent';
const sending = statement<IssueRow>(`SELECT ${COLUMNS} FROM issue WHERE state = 'sending' ORDER BY begun LIMIT 1`);
const issueOf = statement<IssueRow>(`SELECT ${COLUMNS} FROM issue WHERE post = ?`);
const batches = statement<{ cause: string }>('SELECT CAST(cause AS TEXT) AS cause FROM issue_batch WHERE post = ?');
const postOf = statement<{ post: Buffer }>('SELECT post FROM issue_batch WHERE cause = ?');
const returns = statement<{ because: IssueReturn | 'left'; readers: number }>(
  'SELECT because, count(*) AS readers FROM issue_return WHERE post = ? GROUP BY because',
);
const lastBatch = statement<{ cause: string }>(
  'SELECT CAST(cause AS TEXT) AS cause FROM issue_batch WHERE post = ? ORDER BY issue_batch.cause DESC LIMIT 1',
);
const readers = statement<{ id: Buffer }>('SELECT id FROM subscriber WHERE id > ? AND since < ? ORDER BY id LIMIT ?');
const left = statement<{ readers: number }>('SELECT count(*) AS readers FROM subscriber WHERE id > ? AND since < ?');
const all = statement<{ readers: number }>('SELECT count(*) AS readers FROM subscriber');
const lease = statement<{ holder: string; until: number }>('SELECT holder, until FROM lease WHERE reactor = ?');

const NOBODY = Buffer.alloc(0);

/** The next readers of the oldest issue that is being sent, once none of those before waits; its end once there are none and no mail waits. */
export function issueWork(views: Views, limit: number): IssueWork {
  return reading(views.db('publishing'), (db) => {
    const held = lease(db).get(NEWSLETTER_TASK) ?? null;
    const issue = sending(db).get();
    if (issue === undefined) return { due: [], lease: held };
    const postId = idText(issue.post);
    if (isUnderWay(views, db, issue.post)) return { due: [], lease: held };
    const ids = readers(db)
      .all(issue.last ?? NOBODY, issue.begun, limit)
      .map(({ id }) => idText(id));
    const after = issue.last === null ? null : idText(issue.last);
    if (ids.length > 0) return { due: [{ postId, after, subscriberIds: ids, finished: null }], lease: held };
    const { waiting = 0, failed = 0, sent = 0, ...others } = mailsOf(views, db, issue.post);
    if (waiting + failed > 0) return { due: [], lease: held };
    const unsent = (others['no-receiver'] ?? 0) + (others['given-up'] ?? 0);
    return { due: [{ postId, after, subscriberIds: [], finished: { sent, unsent } }], lease: held };
  });
}

/** Whether an issue is on its way to its readers. */
export function isSending(views: Pick<Views, 'db'>): boolean {
  return sending(views.db('publishing')).get() !== undefined;
}

/** Whose mail it is, of which issue. */
export function mailedIssue(views: Views, mailId: string): MailedIssueOf | null {
  const mail = issueMail(views, mailId);
  if (mail === null) return null;
  const post = postOf(views.db('publishing')).get(mail.cause)?.post;
  if (post === undefined) return null;
  return { subscriberId: mail.receiver, postId: idText(post), sentAt: moment(mail.at) };
}

/** How far an issue is. */
export function issueProgress(views: Views, postId: string): IssueProgress {
  return reading(views.db('publishing'), (db) => {
    const post = idBytes(postId);
    const issue = issueOf(db).get(post);
    const now = all(db).get()?.readers ?? 0;
    const came = returnsOf(db, post);
    if (issue === undefined) return { state: 'unsent', readers: now, sent: 0, unsent: 0, waiting: 0, ...came };
    const { state, handed, last, begun } = issue;
    const mails = mailsOf(views, db, post);
    const rest = state === 'finished' ? 0 : (left(db).get(last ?? NOBODY, begun)?.readers ?? 0);
    return {
      state,
      readers: handed + rest,
      sent: issue.sent ?? mails.sent ?? 0,
      unsent: issue.unsent ?? (mails['no-receiver'] ?? 0) + (mails['given-up'] ?? 0),
      waiting: (mails.waiting ?? 0) + (mails.failed ?? 0),
      ...came,
    };
  });
}

/** Whether a mail to those whom it was handed to last has not been tried yet: asked after each mail, so it counts no others. */
function isUnderWay(views: Views, db: Database, post: Buffer): boolean {
  const last = lastBatch(db).all(post);
  return (
    (issueMails(
      views,
      last.map(({ cause }) => cause),
    ).waiting ?? 0) > 0
  );
}

function returnsOf(db: Database, post: Buffer): IssueReturns {
  const rows = returns(db).all(post);
  const count = (of: IssueReturn | 'left'): number => rows.find(({ because }) => because === of)?.readers ?? 0;
  return { bounced: count('bounced'), refused: count('refused'), complained: count('complaint'), left: count('left') };
}

function mailsOf(views: Views, db: Database, post: Buffer): ReturnType<typeof issueMails> {
  const causes = batches(db)
    .all(post)
    .map(({ cause }) => cause);
  return issueMails(views, causes);
}
