import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import { counted } from '../../libs/kernel/index.ts';
import { IMPORT_NAMES, type ImportSourceKind, importSiteIn } from '../../libs/words/index.ts';
import { commentIndex } from '../composition/importing/comment-index.ts';
import { readConfig } from '../config.ts';
import type { PagesKind } from '../import/pages/readers.ts';
import { type ImportOptions, importFile } from '../import/recording/import-file.ts';
import type { ImportReport } from '../import/recording/report.ts';
import type { AddCommand } from './add-command.ts';
import { codedReport } from './coded-report.ts';
import { ImportBegun } from './import-begun.ts';
import { withForum } from './import-forum.ts';
import { type ImageFlags, imagesWanted, listIn } from './import-images.ts';
import { importReportLines } from './import-report.ts';
import { Progress } from './progress.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

interface ReportFlags {
  readonly dryRun?: true;
  readonly json?: true;
  readonly verbose?: true;
}

export interface WordPressFlags extends ImageFlags, ReportFlags {
  readonly pages?: true;
  readonly types?: string;
}

interface PagesFlags extends ImageFlags, ReportFlags {
  readonly site?: readonly string[];
  readonly local?: true;
}

/** What each system whose comments stand under pages of other sites gives away. */
const FILES: ReadonlyMap<PagesKind, string> = new Map([
  ['disqus', 'the XML file that Disqus mailed (Admin, Moderation, Export), or its custom XML import format'],
  ['isso', 'its SQLite database, comments.db'],
  ['remark42', 'a backup (backup-….gz): a line of JSON for each comment'],
  ['commento', 'the JSON file that it exported'],
  ['comentario', 'the JSON file that it exported, of version 1 or 3'],
  ['waline', 'the JSON file that its admin exported'],
  ['twikoo', 'the JSON file that its panel exported'],
  ['artalk', 'an Artrans file, or its table of comments as YAML; the table of users is not read'],
  ['discourse', "a topic's JSON with all its posts (/t/ID.json?print=true)"],
]);

/** `colloquy import SYSTEM FILE`. */
export const importCommand: AddCommand = (program, terminal, end) => {
  const command = program.command('import').description('bring posts and comments from another system');
  const wordpress = command
    .command('wordpress')
    .description(
      'bring posts, tags, authors and threaded comments from a WordPress export (WXR); run again, it adds what is new',
    )
    .argument('<file>', 'the XML file that WordPress wrote (Tools, Export); may be gzipped')
    .option('--pages', 'bring also pages that nobody commented on, as articles')
    .option('--types <names>', 'bring also posts of these types, which a plugin or theme has made (portfolio,book)')
    .option('--media <dir>', "bring the blog's images from this folder, a copy of its wp-content/uploads");
  withReport(wordpress).action(async (file: string, flags: WordPressFlags) =>
    end(await runImport(file, flags, await wordpressOptions(flags), terminal)),
  );
  for (const [source, what] of FILES) {
    systemCommand(command, source, what).action(async (file: string, flags: PagesFlags) =>
      end(await runImport(file, flags, await pagesOptions(source, flags), terminal)),
    );
  }
};

function systemCommand(parent: Command, source: PagesKind, file: string): Command {
  const command = parent
    .command(source)
    .description(`bring threaded comments from ${IMPORT_NAMES[source]}; run again, it adds what is new`)
    .argument('<file>', source === 'isso' ? file : `${file}; may be gzipped`)
    .option(
      '--site <address>',
      'where the site stands whose pages the export names by paths alone (https://blog.example); where it has several, once for each: NAME=ADDRESS, with the name in the export',
      (site: string, before: readonly string[] | undefined) => [...(before ?? []), site],
    )
    .option('--local', "bring also what was said on pages of one's own machine, of caches and of translators");
  return withReport(command);
}

function withReport(command: Command): Command {
  return command
    .option('--fetch-media', 'fetch images from the sites that the export names, as far as they are not in a folder')
    .option(
      '--allow-address <addresses>',
      'let --fetch-media ask these private addresses, too, where the old site has one (192.168.1.5,10.1.0.0/16)',
    )
    .option('--dry-run', 'record nothing, and tell what would come and what would be left out')
    .option('--verbose', 'show all warnings and missing images, not only the first 20')
    .option('--json', 'print what was done as one JSON document on standard output');
}

type Wanted = Omit<ImportOptions, 'now' | 'onProgress'>;

async function wordpressOptions(flags: WordPressFlags): Promise<Wanted> {
  const { pages, types } = flags;
  return { source: 'wordpress', pages: pages === true, types: listIn(types), images: await imagesWanted(flags) };
}

async function pagesOptions(source: ImportSourceKind, flags: PagesFlags): Promise<Wanted> {
  const sites = Object.fromEntries((flags.site ?? []).map(siteIn));
  return { source, sites, local: flags.local === true, images: await imagesWanted(flags) };
}

/** Throws WrongCall. */
function siteIn(given: string): readonly [name: string, url: string] {
  const site = importSiteIn(given);
  if (site === null) throw new WrongCall(`--site ${given}: must be an address such as https://blog.example`);
  return site;
}

/** Imports a file, shows how far it has come and what it did; FAILURE where the file was not read to its end. */
export async function runImport(file: string, flags: ReportFlags, wanted: Wanted, terminal: Terminal): Promise<Status> {
  await readable(file);
  const dryRun = flags.dryRun === true;
  if (dryRun && wanted.images?.fetch !== undefined)
    throw new WrongCall('--dry-run fetches nothing; leave out --fetch-media');
  const config = readConfig(terminal.environment);
  const { embedOrigins } = config;
  const report = await withForum(terminal, dryRun, async (context) => {
    const progress = new Progress('import', terminal.error);
    const begun = new ImportBegun(context);
    try {
      const target = { ...context, commentIndex: () => commentIndex(config, context.store) };
      return await importFile(file, target, {
        ...wanted,
        dryRun,
        ...(embedOrigins !== null && { embedOrigins }),
        now: new Date().toISOString(),
        onProgress: ({ bytesRead, bytes, report: so }) => {
          begun.reached(so);
          progress.show(bytesRead, bytes, counts(so));
        },
      });
    } finally {
      progress.end();
      await begun.end();
    }
  });
  if (flags.json) terminal.out(JSON.stringify(codedReport(report)));
  else for (const line of importReportLines(report, { all: flags.verbose === true })) terminal.say(line);
  return report.error === null ? SUCCESS : FAILURE;
}

/** Asked before anything is opened: a mistyped name must not make a forum. Throws the system's error. */
async function readable(file: string): Promise<void> {
  const handle = await open(file);
  try {
    if ((await handle.stat()).isDirectory()) throw new WrongCall(`${file} is a directory, not a file`);
  } finally {
    await handle.close();
  }
}

function counts({ source, posts, comments, images }: ImportReport): string {
  const ofPosts = counted(posts.imported + posts.updated + posts.unchanged, source === 'wordpress' ? 'post' : 'page');
  const brought = `${ofPosts}, ${counted(comments.imported + comments.unchanged, 'comment')}`;
  return images.stored === 0 ? brought : `${brought}, ${counted(images.stored, 'image')}`;
}
