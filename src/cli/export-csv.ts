import { exportCsv } from '../keeping/public-export/csv-files.ts';
import type { AddCommand } from './add-command.ts';
import { type PublicExportFlags, runPublicExport } from './public-export.ts';

/** `colloquy export csv`. */
export const exportCsvCommand: AddCommand = (parent, terminal, end) => {
  parent
    .command('csv')
    .description(
      'write what everybody can read for spreadsheets: posts.csv, comments.csv and translations.csv in a new folder',
    )
    .argument('<dir>', 'the folder to make; one that holds something is not touched')
    .option('--json', 'print what was written as one JSON document on standard output')
    .action(async (place: string, flags: PublicExportFlags) =>
      end(await runPublicExport({ ...flags, place }, terminal, exportCsv)),
    );
};
