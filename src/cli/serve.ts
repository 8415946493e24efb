import { serve } from '../composition/serve.ts';
import { PROVIDER_SETTINGS, SETTINGS } from '../config.ts';
import type { AddCommand } from './add-command.ts';

/** `colloquy serve`: the forum, until SIGTERM. */
export const serveCommand: AddCommand = (program, terminal, end) => {
  program
    .command('serve')
    .description('serve the forum; prints its address when it is ready')
    .addHelpText('after', () => `\n${settingsHelp()}`)
    .action(async () => end(await serve(terminal.environment, { out: terminal.out, error: terminal.say })));
};

/** The settings, as `--help` shows them. */
export function settingsHelp(): string {
  const settings = [...Object.values(SETTINGS), PROVIDER_SETTINGS];
  const width = Math.max(...settings.map(({ name }) => name.length));
  const lines = settings.map(
    ({ name, help, default: fallback }) => `  ${name.padEnd(width)}  ${help}${fallback === '' ? '' : ` (${fallback})`}`,
  );
  return ['Settings, from the environment (default):', ...lines].join('\n');
}
