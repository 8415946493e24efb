import type { TranslationComplaint } from '../../../libs/client/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { openText, readability } from '../sealed-text.ts';
import { reportStream, translationReportsBy, translationReportsOf } from './door/report-streams.ts';
import {
  CountReportedTranslations,
  GetOpenReports,
  GetReportedTranslations,
  GetTranslationReportStreams,
} from './translation-reports.query-types.ts';

interface ReportedRow {
  readonly id: Buffer;
  readonly post: Buffer;
  readonly comment: Buffer | null;
  readonly revision: number;
}

interface ReportRow {
  readonly member: Buffer;
  readonly revision: number;
  readonly reason: number;
  readonly at: number;
  readonly sealed: Buffer | null;
  readonly away: number;
}

/** Reports of one translation that are told, and dismissed, at once. */
const MOST_REPORTS = 100;

const waiting = statement<ReportedRow>(`
  SELECT reported.* FROM (SELECT translation, min(n) AS since FROM report WHERE open = 1 GROUP BY translation)
  JOIN reported ON reported.id = translation ORDER BY since LIMIT ?`);
const count = statement<{ readonly count: number }>(
  'SELECT count(DISTINCT translation) AS count FROM report WHERE open = 1',
);
const openOf = statement<ReportRow>(`
  SELECT member, revision, reason, at, sealed, away FROM report
  WHERE open = 1 AND translation = ? ORDER BY n LIMIT ${MOST_REPORTS}`);

export const translationReportQueries = [
  answering(
    GetReportedTranslations,
    { views: VIEWS, vault: VAULT, members: MemberDirectory },
    async ({ most }, { views, vault, members }) => {
      const found = reading(views.db('translation-reports'), (db) =>
        waiting(db)
          .all(most)
          .map((row) => ({ row, reports: openOf(db).all(row.id) })),
      );
      return Promise.all(
        found.map(async ({ row, reports }) => ({
          translationId: idText(row.id),
          postId: idText(row.post),
          commentId: row.comment && idText(row.comment),
          revision: row.revision,
          reports: await Promise.all(reports.map((report) => complaintOf(report, row, { vault, members }))),
        })),
      );
    },
  ),
  answering(CountReportedTranslations, { views: VIEWS }, (_, { views }) => {
    return count(views.db('translation-reports')).get()?.count ?? 0;
  }),
  answering(GetOpenReports, { views: VIEWS }, ({ translationId }, { views }) =>
    openOf(views.db('translation-reports'))
      .all(idBytes(translationId))
      .map(({ member, revision }) => ({ memberId: idText(member), revision })),
  ),
  answering(GetTranslationReportStreams, { views: VIEWS }, ({ of }, { views }) => [
    ...(of.writtenBy === null ? [] : translationReportsBy(views, of.writtenBy)),
    ...(of.translations.length === 0 ? [] : translationReportsOf(views, of.translations)),
  ]),
];

async function complaintOf(
  { member, revision, reason, at, sealed, away }: ReportRow,
  { id }: ReportedRow,
  { vault, members }: { readonly vault: Pick<Vault, 'open'>; readonly members: MemberDirectory },
): Promise<TranslationComplaint> {
  const memberId = idText(member);
  const stream = reportStream({ translation: id, member });
  const note = await openText(vault, sealed, { stream, type: 'TranslationReported.v1' }, 'note');
  return {
    by: await members.author(memberId),
    reason: TRANSLATION_REASONS[reason] ?? 'other',
    note: note.text,
    ...readability(note),
    at: moment(at),
    revision,
    writtenAnew: away === 1,
  };
}
