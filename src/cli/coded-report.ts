import { importReasonCode, saidByImport } from '../../libs/words/index.ts';
import type { ImportReport } from '../import/recording/report.ts';

/** The report as `--json` prints it: what is said in English has its code beside it, which stays the same. */
export function codedReport(report: ImportReport): object {
  const { posts, comments, images, warnings, error } = report;
  const reasons = [posts.skipped, comments.skipped, images.missing].flatMap((counts) => Object.keys(counts));
  const codes = [...new Set(reasons)].map((why) => [why, importReasonCode(why)]);
  return {
    ...report,
    reasonCodes: Object.fromEntries(codes),
    warnings: warnings.map(withCode),
    error: error === null ? null : withCode(error),
  };
}

function withCode<Said extends { readonly message: string }>(said: Said): Said & { readonly code: string | null } {
  return { ...said, code: saidByImport(said.message)?.code ?? null };
}
