import { Command, CommanderError } from 'commander';
import type { AddCommand } from './add-command.ts';
import { FAILURE, PROCESS, SUCCESS, type Terminal, WRONG_CALL, WrongCall } from './terminal.ts';
import { version } from './version.ts';

/**
 * In the order of `--help`. Only the called command is loaded: all of them together are the whole forum, which takes
 * half a second and 50 MiB of memory that an import needs.
 */
const COMMANDS: ReadonlyMap<string, () => Promise<AddCommand>> = new Map([
  ['serve', async () => (await import('./serve.ts')).serveCommand],
  ['demo', async () => (await import('./demo.ts')).demoCommand],
  ['import', async () => (await import('./import.ts')).importCommand],
  ['inbound', async () => (await import('./inbound.ts')).inboundCommand],
  ['member', async () => (await import('./member.ts')).memberCommand],
  ['backup', async () => (await import('./backup.ts')).backupCommand],
  ['restore', async () => (await import('./restore.ts')).restoreCommand],
  ['log', async () => (await import('./log-copy.ts')).logCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['verify', async () => (await import('./verify.ts')).verifyCommand],
  ['replay', async () => (await import('./replay.ts')).replayCommand],
  ['audit-key', async () => (await import('./audit-key.ts')).auditKeyCommand],
  ['erase', async () => (await import('./erase.ts')).eraseCommand],
  ['policy', async () => (await import('./policy.ts')).policyCommand],
]);

/** Runs one command line, without the program's name, and gives its exit status. Never throws. */
export async function runCli(words: readonly string[], terminal: Terminal = PROCESS): Promise<number> {
  let status: number = SUCCESS;
  const end = (ended: number): void => {
    status = ended;
  };
  try {
    const program = commandLine(terminal);
    for (const load of called(words)) (await load())(program, terminal, end);
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCESS : WRONG_CALL;
    const { explain } = await import('./explain.ts');
    terminal.say(explain(error, terminal.environment));
    return error instanceof WrongCall ? WRONG_CALL : FAILURE;
  }
}

/** All commands where none is named: `--help` lists them, and a misspelt word is answered with the nearest one. */
function called([first = '']: readonly string[]): Iterable<() => Promise<AddCommand>> {
  const one = COMMANDS.get(first);
  return one === undefined ? COMMANDS.values() : [one];
}

function commandLine(terminal: Terminal): Command {
  return (
    new Command('colloquy')
      .description('A discussion forum for blogs: it loses nothing, and shows everything that happened.')
      .version(version(), '--version', 'print the version')
      .helpOption('--help', 'say what a command does')
      .helpCommand(false)
      // What stands behind a command's name is for that command, as its kinds' own options are for them.
      .enablePositionalOptions()
      .showHelpAfterError('(colloquy --help lists the commands; each of them has --help)')
      .configureOutput({
        writeOut: (text) => terminal.out(text.trimEnd()),
        writeErr: (text) => terminal.say(text.trimEnd()),
      })
      .exitOverride()
  );
}
