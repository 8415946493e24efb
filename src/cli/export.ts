import { Option } from 'commander';
import { LOG_FILE_FORMATS, type LogFileFormat } from '../keeping/export/export-log.ts';
import type { AddCommand } from './add-command.ts';
import { exportCsvCommand } from './export-csv.ts';
import { CHECK_LATER, exportNdjsonCommand, writeLog } from './export-log.ts';
import { exportSiteCommand } from './export-site.ts';
import { exportWxrCommand } from './export-wxr.ts';
import { WrongCall } from './terminal.ts';

/** A file each, in the order of `--help`. */
const KINDS: readonly AddCommand[] = [exportNdjsonCommand, exportCsvCommand, exportWxrCommand, exportSiteCommand];

interface ExportFlags {
  readonly format: LogFileFormat;
  readonly out?: string;
  readonly json?: true;
}

/** `colloquy export KIND`; without a kind, the log goes to the file of `--out`. */
export const exportCommand: AddCommand = (program, terminal, end) => {
  const command = program
    .command('export')
    .description('take the forum out, beside a running server too: one of the kinds below, or the whole log by --out')
    .enablePositionalOptions()
    .allowExcessArguments()
    .addOption(
      new Option('--format <format>', 'ndjson: the lines that are hashed, which can be verified; csv: for spreadsheets')
        .choices(LOG_FILE_FORMATS)
        .default('ndjson'),
    )
    .option('--out <file>', 'the file to make of the log; nothing is written over')
    .option('--json', 'print what was written as one JSON document on standard output')
    .addHelpText('after', CHECK_LATER)
    .action(async ({ out, ...flags }: ExportFlags) => {
      const [word] = command.args;
      if (word !== undefined) throw new WrongCall(`there is no export "${word}" (colloquy export --help)`);
      if (out === undefined)
        throw new WrongCall('say what to export: a kind (colloquy export --help), or --out <file>');
      end(await writeLog({ ...flags, out }, terminal));
    });
  for (const add of KINDS) add(command, terminal, end);
};
