import { open, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ImagesWanted } from '../import/images/imported-images.ts';
import { importWordPress } from '../import/wordpress/import-wordpress.ts';
import type { ImportReport } from '../import/wordpress/report.ts';
import type { AddCommand } from './add-command.ts';
import { importReportLines } from './import-report.ts';
import { Progress } from './progress.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { withCommands } from './with-commands.ts';

export interface WordPressFlags {
  readonly pages?: true;
  readonly types?: string;
  readonly media?: string;
  readonly fetchMedia?: true;
  readonly allowAddress?: string;
  readonly json?: true;
  readonly verbose?: true;
}

/** `colloquy import wordpress FILE`. */
export const importCommand: AddCommand = (program, terminal, end) => {
  const command = program.command('import').description('bring posts and comments from another system');
  command
    .command('wordpress')
    .description(
      'bring posts, tags, authors and threaded comments from a WordPress export (WXR); run again, it adds what is new',
    )
    .argument('<file>', 'the XML file that WordPress wrote (Tools, Export); may be gzipped')
    .option('--pages', 'bring also pages that nobody commented on, as articles')
    .option('--types <names>', 'bring also posts of these types, which a plugin or theme has made (portfolio,book)')
    .option('--media <dir>', "bring the blog's images from this folder, a copy of its wp-content/uploads")
    .option('--fetch-media', 'fetch images from the old site, as far as they are not in the folder of --media')
    .option(
      '--allow-address <addresses>',
      'let --fetch-media ask these private addresses, too, where the old site has one (192.168.1.5,10.1.0.0/16)',
    )
    .option('--verbose', 'show all warnings and missing images, not only the first 20')
    .option('--json', 'print what was done as one JSON document on standard output')
    .action(async (file: string, flags: WordPressFlags) => end(await runImport(file, flags, terminal)));
};

/** Imports a file, shows how far it has come and what it did; FAILURE where the file was not read to its end. */
export async function runImport(file: string, flags: WordPressFlags, terminal: Terminal): Promise<Status> {
  await readable(file);
  const images = await imagesWanted(flags);
  const report = await withCommands(terminal, async (context) => {
    const progress = new Progress('import', terminal.error);
    try {
      return await importWordPress(file, context, {
        pages: flags.pages === true,
        types: listIn(flags.types),
        images,
        now: new Date().toISOString(),
        onProgress: ({ bytesRead, bytes, report: so }) => progress.show(bytesRead, bytes, counts(so)),
      });
    } finally {
      progress.end();
    }
  });
  if (flags.json) terminal.out(JSON.stringify(report));
  else for (const line of importReportLines(report, { all: flags.verbose === true })) terminal.say(line);
  return report.error === null ? SUCCESS : FAILURE;
}

/** Throws WrongCall. */
async function imagesWanted({ media, fetchMedia, allowAddress }: WordPressFlags): Promise<ImagesWanted> {
  if (media !== undefined && !(await isDirectory(media)))
    throw new WrongCall(`--media ${media}: there is no such folder`);
  const allowAddresses = listIn(allowAddress);
  if (allowAddresses.length > 0 && !fetchMedia) throw new WrongCall('--allow-address goes with --fetch-media');
  const wrong = allowAddresses.find((each) => !isNetwork(each));
  if (wrong !== undefined)
    throw new WrongCall(`--allow-address ${wrong}: must be an address or a range such as 10.1.0.0/16`);
  return { ...(media === undefined ? {} : { media }), ...(fetchMedia ? { fetch: { allowAddresses } } : {}) };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

function listIn(text = ''): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
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

function counts({ posts, comments, images }: ImportReport): string {
  const brought = `${posts.imported + posts.updated + posts.unchanged} posts, ${comments.imported + comments.unchanged} comments`;
  return images.stored === 0 ? brought : `${brought}, ${images.stored} images`;
}
