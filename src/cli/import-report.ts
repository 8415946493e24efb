import { counted } from '../../libs/kernel/index.ts';
import type { ImportReport } from '../import/recording/report.ts';

/** Of warnings, and of missing images. */
const FIRST_SHOWN = 20;

/** The report of an import, for people. */
export function importReportLines(report: ImportReport, options: { readonly all: boolean }): readonly string[] {
  const { source, posts, comments, error } = report;
  return [
    `${report.file}${report.site === null ? '' : ` (${report.site})`}, ${report.seconds} s`,
    ...(report.dryRun ? ['a dry run: nothing was recorded; this is what would come'] : []),
    source === 'wordpress' || source === 'discourse'
      ? `posts:     ${posts.imported} imported, ${posts.updated} updated, ${posts.unchanged} unchanged`
      : `pages:     ${posts.imported} new here, ${posts.unchanged} were here already`,
    ...leftOut(posts.skipped),
    `comments:  ${comments.imported} imported (${comments.held} of them held), ${comments.unchanged} unchanged`,
    ...Object.entries(report.alike).map(
      ([system, count]) =>
        `           ${count} of them ${count === 1 ? 'stands' : 'stand'} on the same page of the same second already, brought from ${system}: here twice then`,
    ),
    ...leftOut(comments.skipped),
    ...(comments.placeholders === 0
      ? []
      : [`           of those left out, keeping their place since they were answered: ${comments.placeholders}`]),
    ...(source === 'wordpress' || report.pingbacks > 0
      ? [`pingbacks: ${report.pingbacks}, kept apart from comments`]
      : []),
    ...(report.votes > 0 ? [`votes:     ${report.votes}, not brought: nobody here gave them`] : []),
    ...originLines(report),
    ...leftOutPageLines(report, options.all),
    ...imageLines(report, options.all),
    ...fileLines(report, options.all),
    ...shortcodeLines(report.shortcodes),
    ...warningLines(report, options.all),
    ...(error === null
      ? []
      : [
          `colloquy: stopped at ${placed(error)}`,
          ...(!report.dryRun && posts.imported + posts.unchanged > 0
            ? ['colloquy: what was whole before that place is imported']
            : ['colloquy: nothing was imported']),
        ]),
  ];
}

/** Where the pages stand: only allowed sites show their discussions. */
function originLines({ origins, unnamedOrigins }: ImportReport): readonly string[] {
  const counts = Object.entries(origins).sort(([, one], [, other]) => other - one);
  if (counts.length === 0) return [];
  const shown = counts.slice(0, FIRST_SHOWN).map(([origin, pages]) => `${origin} (${pages})`);
  const more = counts.length > FIRST_SHOWN ? ` and ${counts.length - FIRST_SHOWN} more` : '';
  const unnamed = unnamedOrigins.slice(0, FIRST_SHOWN);
  const others = unnamedOrigins.length - unnamed.length;
  return [
    `sites:     ${shown.join(', ')}${more}`,
    ...(unnamed.length === 0
      ? []
      : ['sites that the settings (EMBED_ORIGINS) do not name, so that their pages show no discussion:']),
    ...unnamed.map(
      ({ origin, pages, comments }) => `  ${origin}: ${counted(pages, 'page')}, ${counted(comments, 'comment')}`,
    ),
    ...(others > 0 ? [`  and ${others} more`] : []),
  ];
}

function leftOutPageLines({ pagesLeftOut }: ImportReport, all: boolean): readonly string[] {
  if (pagesLeftOut.length === 0) return [];
  const shown = all ? pagesLeftOut : pagesLeftOut.slice(0, FIRST_SHOWN);
  const more = pagesLeftOut.length - shown.length;
  return [
    `pages with comments that were left out: ${pagesLeftOut.length}`,
    ...shown.map(
      ({ line, address, comments, reason }) => `  line ${line}, ${address}: ${counted(comments, 'comment')}, ${reason}`,
    ),
    ...(more > 0 ? [`  and ${more} more${all ? '' : ' (--verbose shows them)'}`] : []),
  ];
}

/** The lines about images: those brought, and those missing with their place. Nothing for a blog without images. */
function imageLines({ images, missingImages }: ImportReport, all: boolean): readonly string[] {
  const reasons = Object.entries(images.missing).sort(([, one], [, other]) => other - one);
  if (images.stored + images.known + reasons.length === 0) return [];
  const missing = reasons.reduce((sum, [, count]) => sum + count, 0);
  const shown = all ? missingImages : missingImages.slice(0, FIRST_SHOWN);
  const more = missing - shown.length;
  return [
    `images:    ${images.stored} stored, ${images.known} were here already, ${missing} missing`,
    ...(missing === 0 ? [] : [`           now links: ${reasons.map(([why, count]) => `${count} ${why}`).join(', ')}`]),
    ...shown.map(({ line, post, address, reason }) => `  line ${line}, "${post}": ${address} (${reason})`),
    ...(more > 0 ? [`  and ${more} more${all ? '' : ' (--verbose shows them)'}`] : []),
  ];
}

/** Links that end with the old site. */
function fileLines({ fileLinks, oldFiles }: ImportReport, all: boolean): readonly string[] {
  const endings = Object.entries(fileLinks).sort(([, one], [, other]) => other - one);
  if (endings.length === 0) return [];
  const count = endings.reduce((sum, [, links]) => sum + links, 0);
  const shown = all ? oldFiles : oldFiles.slice(0, FIRST_SHOWN);
  const more = count - shown.length;
  return [
    `files:     ${counted(count, 'link')} of posts to files of the old site still: ${endings.map(([ending, links]) => `${links} .${ending}`).join(', ')}`,
    ...shown.map(({ line, post, address }) => `  line ${line}, "${post}": ${address}`),
    ...(more > 0 ? [`  and ${more} more${all ? '' : ' (--verbose shows them)'}`] : []),
  ];
}

function shortcodeLines(shortcodes: Readonly<Record<string, number>>): readonly string[] {
  const names = Object.entries(shortcodes).sort(([, one], [, other]) => other - one);
  return names.length === 0
    ? []
    : [
        `shortcodes that nobody here knows, left as they are: ${names.map(([name, count]) => `${count} [${name}]`).join(', ')}`,
      ];
}

function leftOut(skipped: Readonly<Record<string, number>>): readonly string[] {
  const reasons = Object.entries(skipped).sort(([, one], [, other]) => other - one);
  return reasons.length === 0
    ? []
    : [`           left out: ${reasons.map(([why, count]) => `${count} ${why}`).join(', ')}`];
}

function warningLines({ warnings, warningCount }: ImportReport, all: boolean): readonly string[] {
  if (warningCount === 0) return [];
  const shown = all ? warnings : warnings.slice(0, FIRST_SHOWN);
  const more = warningCount - shown.length;
  return [
    `warnings:  ${warningCount}`,
    ...shown.map((warning) => `  ${placed(warning)}`),
    ...(more > 0 ? [`  and ${more} more${all ? '' : ' (--verbose shows them)'}`] : []),
  ];
}

function placed({
  line,
  column,
  message,
}: {
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}): string {
  return line === undefined ? message : `line ${line}, column ${column ?? 1}: ${message}`;
}
