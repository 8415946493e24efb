import { serve } from '../composition/serve.ts';
import { isLoopback, SETTINGS } from '../config.ts';
import { fillDemo } from '../demo/fill-demo.ts';
import type { AddCommand } from './add-command.ts';
import { runImport } from './import.ts';
import { Progress } from './progress.ts';
import { settingsHelp } from './serve.ts';
import { type Status, SUCCESS, type Terminal } from './terminal.ts';
import { withCommands } from './with-commands.ts';

interface DemoFlags {
  readonly import?: string;
}

/** `colloquy demo`: the forum with the demo blog in it, and one-click sign-in where only this machine can reach it. */
export const demoCommand: AddCommand = (program, terminal, end) => {
  program
    .command('demo')
    .description('fill an empty forum with the demo blog and serve it; one-click sign-in on this machine alone')
    .option('--import <file>', 'bring this WordPress export in as well')
    .addHelpText('after', () => `\n${settingsHelp()}`)
    .action(async (flags: DemoFlags) => end(await demo(flags, terminal)));
};

async function demo(flags: DemoFlags, terminal: Terminal): Promise<number> {
  await fill(terminal);
  const imported: Status =
    flags.import === undefined ? SUCCESS : await runImport(flags.import, {}, { source: 'wordpress' }, terminal);
  if (imported !== SUCCESS) return imported;
  const host = terminal.environment.HOST || SETTINGS.host.default;
  const oneClick = isLoopback(host);
  if (!oneClick) terminal.say(`one-click sign-in is off, since others can reach ${host}`);
  return serve({ ...terminal.environment, DEMO: oneClick ? 'on' : 'off' }, { out: terminal.out, error: terminal.say });
}

async function fill(terminal: Terminal): Promise<void> {
  const filled = await withCommands(terminal, async (context) => {
    const progress = new Progress('demo', terminal.error);
    try {
      return await fillDemo(context, { onProgress: (done, all) => progress.show(done, all) });
    } finally {
      progress.end();
    }
  });
  if (filled) terminal.say('the forum was empty: the demo blog was put into it');
}
