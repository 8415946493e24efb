import { Query } from '@nestjs/cqrs';
import type { ReportedTranslation } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';

/** A translation of which other reports wait than before. */
export interface TranslationReportsProjected {
  readonly reportedTranslationId: string;
}

export const translationReportsChanges = changesOf<TranslationReportsProjected>('translation-reports');

/** A report by who made it, and the revision of the translation that it is about. */
export interface OpenReport {
  readonly memberId: string;
  readonly revision: number;
}

/** A translation with the reports that no moderator has answered. */
export interface OpenReports extends Pick<ReportedTranslation, 'revision' | 'reports'> {
  readonly translationId: string;
  readonly postId: string;
  /** Null for a translation of the post itself. */
  readonly commentId: string | null;
}

/** Those that wait longest, `most` of them. */
export class GetReportedTranslations extends Query<readonly OpenReports[]> {
  constructor(readonly most: number) {
    super();
  }
}

export class CountReportedTranslations extends Query<number> {}

/** The reports of a translation that no moderator has answered. */
export class GetOpenReports extends Query<readonly OpenReport[]> {
  constructor(readonly translationId: string) {
    super();
  }
}

/** The streams of reports whose keys still exist, by this member (null for nobody) and of these translations. */
export class GetTranslationReportStreams extends Query<readonly string[]> {
  constructor(readonly of: { readonly writtenBy: string | null; readonly translations: readonly string[] }) {
    super();
  }
}
