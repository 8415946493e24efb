import { statement, type Views } from '../../../../libs/projections/index.ts';
import type { MailState } from '../../../../libs/words/index.ts';
import { idBytes } from '../../ids.ts';

const caused = statement<{ state: MailState; mails: number }>(`
  SELECT state, sum(mails) AS mails FROM issue_mail
  WHERE cause IN (SELECT CAST(value AS INTEGER) FROM json_each(?)) GROUP BY state`);

/** How many mails of each state follow from events that hand over issues, by their positions in decimal. */
export function issueMails(
  views: Pick<Views, 'db'>,
  causes: readonly string[],
): Readonly<Partial<Record<MailState, number>>> {
  const rows = caused(views.db('mails')).all(JSON.stringify(causes));
  return Object.fromEntries(rows.map(({ state, mails }) => [state, mails]));
}

const one = statement<{ receiver: string; cause: string; at: number }>(
  "SELECT receiver, CAST(cause AS TEXT) AS cause, at FROM mail WHERE id = ? AND kind = 'newsletter'",
);

/** The reader and the cause of a mail; null for no mail of the newsletter. */
export function issueMail(
  views: Pick<Views, 'db'>,
  mailId: string,
): { readonly receiver: string; readonly cause: bigint; readonly at: number } | null {
  const row = one(views.db('mails')).get(idBytes(mailId));
  return row === undefined ? null : { ...row, cause: BigInt(row.cause) };
}
