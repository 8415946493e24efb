import { open } from 'node:fs/promises';
import { importWordPress } from '../import/wordpress/import-wordpress.ts';
import type { ImportReport } from '../import/wordpress/report.ts';
import type { AddCommand } from './add-command.ts';
import { reportLines } from './import-report.ts';
import { Progress } from './progress.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { withCommands } from './with-commands.ts';

export interface WordPressFlags {
  readonly pages?: true;
  readonly types?: string;
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
    .option('--verbose', 'show all warnings, not only the first 20')
    .option('--json', 'print what was done as one JSON document on standard output')
    .action(async (file: string, flags: WordPressFlags) => end(await runImport(file, flags, terminal)));
};

/** Imports a file, shows how far it has come and what it did; FAILURE where the file was not read to its end. */
export async function runImport(file: string, flags: WordPressFlags, terminal: Terminal): Promise<Status> {
  await readable(file);
  const report = await withCommands(terminal, async (context) => {
    const progress = new Progress('import', terminal.error);
    try {
      return await importWordPress(file, context, {
        pages: flags.pages === true,
        types: (flags.types ?? '')
          .split(',')
          .map((type) => type.trim())
          .filter(Boolean),
        now: new Date().toISOString(),
        onProgress: ({ bytesRead, bytes, report: so }) => progress.show(bytesRead, bytes, counts(so)),
      });
    } finally {
      progress.end();
    }
  });
  if (flags.json) terminal.out(JSON.stringify(report));
  else for (const line of reportLines(report, { all: flags.verbose === true })) terminal.say(line);
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

function counts({ posts, comments }: ImportReport): string {
  return `${posts.imported + posts.updated + posts.unchanged} posts, ${comments.imported + comments.unchanged} comments`;
}
