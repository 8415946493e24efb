import { Command, CommanderError } from 'commander';
import { auditKeyCommand } from './audit-key.ts';
import { backupCommand } from './backup.ts';
import { demoCommand } from './demo.ts';
import { explain } from './explain.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { logCommand } from './log-copy.ts';
import { memberCommand } from './member.ts';
import { policyCommand } from './policy.ts';
import { replayCommand } from './replay.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { FAILURE, PROCESS, SUCCESS, type Terminal, WRONG_CALL, WrongCall } from './terminal.ts';
import { verifyCommand } from './verify.ts';
import { version } from './version.ts';

/** In the order in which `--help` lists them. */
const COMMANDS = [
  serveCommand,
  demoCommand,
  importCommand,
  memberCommand,
  backupCommand,
  restoreCommand,
  logCommand,
  exportCommand,
  verifyCommand,
  replayCommand,
  auditKeyCommand,
  policyCommand,
] as const;

/** Runs one command line, without the program's name, and gives its exit status. Never throws. */
export async function runCli(words: readonly string[], terminal: Terminal = PROCESS): Promise<number> {
  let status: number = SUCCESS;
  const program = commandLine(terminal, (ended) => {
    status = ended;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? SUCCESS : WRONG_CALL;
    terminal.say(explain(error, terminal.environment));
    return error instanceof WrongCall ? WRONG_CALL : FAILURE;
  }
}

function commandLine(terminal: Terminal, end: (status: number) => void): Command {
  const program = new Command('colloquy')
    .description('A discussion forum for blogs: it loses nothing, and shows everything that happened.')
    .version(version(), '--version', 'print the version')
    .helpOption('--help', 'say what a command does')
    .helpCommand(false)
    .showHelpAfterError('(colloquy --help lists the commands; each of them has --help)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    })
    .exitOverride();
  for (const add of COMMANDS) add(program, terminal, end);
  return program;
}
