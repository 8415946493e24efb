import { exportWxr } from '../keeping/public-export/wxr-file.ts';
import type { AddCommand } from './add-command.ts';
import { type PublicExportFlags, runPublicExport } from './public-export.ts';

/** `colloquy export wxr`. */
export const exportWxrCommand: AddCommand = (parent, terminal, end) => {
  parent
    .command('wxr')
    .description('write what everybody can read as WordPress exports it (WXR 1.2), for WordPress or another forum')
    .argument('<file>', 'the XML file to make; nothing is written over')
    .option('--json', 'print what was written as one JSON document on standard output')
    .addHelpText('after', '\nTo bring it back: colloquy import wordpress <file>')
    .action(async (place: string, flags: PublicExportFlags) =>
      end(await runPublicExport({ ...flags, place }, terminal, exportWxr)),
    );
};
