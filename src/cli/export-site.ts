import { counted } from '../../libs/kernel/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { type PackedSite, packSite } from '../composition/packing.ts';
import { readConfig } from '../config.ts';
import type { AddCommand } from './add-command.ts';
import { auditOrigin } from './audit-origin.ts';
import { linksLine } from './links-line.ts';
import { outsideDataDir } from './outside-data-dir.ts';
import { Progress } from './progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal } from './terminal.ts';

/** `colloquy export site`: a site in a suitcase. */
export const exportSiteCommand: AddCommand = (parent, terminal, end) => {
  parent
    .command('site')
    .description(
      'pack all that everybody may read into a folder: pages that need no server and no network, with proofs',
    )
    .argument('<dir>', 'the folder to make; where something is in it, nothing is written')
    .option('--json', 'print what was packed as one JSON document on standard output')
    .addHelpText('after', '\nTo read it: open <dir>/index.html in a browser. To check it: open <dir>/verify.html')
    .action(async (dir: string, { json }: { readonly json?: true }) => end(await run(dir, json === true, terminal)));
};

async function run(dir: string, isJson: boolean, terminal: Terminal): Promise<Status> {
  const started = performance.now();
  const config = readConfig(terminal.environment);
  const folder = outsideDataDir(dir, config.dataDir);
  const progress = new Progress('export', terminal.error);
  const onProgress = (done: number, all: number, comments: number): void =>
    progress.show(done, all, `${counted(done, 'post')}, ${counted(comments, 'comment')}`);
  const packed = await stoppable((signal) =>
    packSite(config, { folder, logOrigin: auditOrigin(config), onProgress, signal }),
  ).finally(() => progress.end());
  const { origin } = new PublicAddress(config.publicUrl, config.host, config.port);
  const seconds = Math.round(performance.now() - started) / 1_000;
  if (isJson) terminal.out(JSON.stringify({ folder, origin, ...packed, position: String(packed.position), seconds }));
  else {
    for (const line of packedLines(dir, packed, seconds)) terminal.say(line);
    terminal.say(linksLine(origin, config.publicUrl !== null));
  }
  return SUCCESS;
}

function packedLines(dir: string, packed: PackedSite, seconds: number): readonly string[] {
  const { posts, pages, comments, images, files, bytes, events, position } = packed;
  return [
    `export:     ${dir}, ${counted(files, 'file')}, ${counted(bytes, 'byte')} in ${seconds} s`,
    `packed:     ${counted(posts, 'post')}, ${counted(pages, 'page')} of other sites, ${counted(comments, 'comment')}, ${counted(images, 'image')}`,
    `log:        ${counted(events, 'event')} up to position ${position}`,
    `to read it: open ${dir}/index.html`,
  ];
}
