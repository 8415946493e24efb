import type { ImportLeftOut, ImportTold, ImportWarning } from '../../acts/importing/import-job.ts';
import { addPlaces, type LeftOutPlace } from '../../import/recording/left-out.ts';
import type { ImportReport } from '../../import/recording/report.ts';

/** Of each reason, of warnings and of origins, so many are shown on a page. */
const FIRST_SHOWN = 100;

/** The report of an import as a page shows it. */
export function toldOf(report: ImportReport): ImportTold {
  const { imported, updated, unchanged } = report.posts;
  const { comments, images } = report;
  const { skipped: _, ...counted } = comments;
  const first = report.warnings.slice(0, FIRST_SHOWN).map(({ line, message }) => ({ line, message }));
  return {
    recorded: !report.dryRun,
    site: report.site,
    posts: { imported, updated, unchanged },
    first: report.first,
    comments: counted,
    alike: Object.entries(report.alike),
    pingbacks: report.pingbacks,
    votes: report.votes,
    images: { stored: images.stored, known: images.known, missing: sum(images.missing) },
    leftOut: allLeftOut(report).map((each) => ({ ...each, places: each.places.slice(0, FIRST_SHOWN) })),
    origins: Object.entries(report.origins)
      .sort(([, one], [, other]) => other - one)
      .slice(0, FIRST_SHOWN)
      .map(([origin, pages]) => [origin, pages, report.originComments[origin] ?? 0]),
    warnings: { count: report.warningCount, first },
    error: errorOf(report),
    seconds: report.seconds,
  };
}

/** Everything that is left out, most of each kind first. */
export function allLeftOut({
  posts,
  comments,
  images,
  leftOutAt,
  missingImages,
}: ImportReport): readonly ImportLeftOut[] {
  const missing: Record<string, LeftOutPlace[]> = {};
  for (const { line, column, address, reason } of missingImages)
    addPlaces(missing, reason, [{ line, column, address }]);
  return [
    ...ofKind('posts', posts.skipped, leftOutAt.posts),
    ...ofKind('comments', comments.skipped, leftOutAt.comments),
    ...ofKind('images', images.missing, missing),
  ];
}

function ofKind(
  what: ImportLeftOut['what'],
  counts: Readonly<Record<string, number>>,
  places: Readonly<Record<string, readonly LeftOutPlace[]>>,
): readonly ImportLeftOut[] {
  return Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([why, count]) => ({ what, why, count, places: places[why] ?? [] }));
}

function errorOf({ error }: ImportReport): ImportWarning | null {
  return error === null ? null : { line: error.line ?? null, message: error.message };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
