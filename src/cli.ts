import 'reflect-metadata';
import { runCli } from './cli/program.ts';
import { outliveReader } from './cli/terminal.ts';

// Started by bin/colloquy.js on an older Node: this process must not outlive its launcher.
if (process.channel !== undefined) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

// Whatever the forum or its commands write (backups and exports too) is for the user alone that runs them.
process.umask(0o077);

for (const stream of [process.stdout, process.stderr]) outliveReader(stream);

/** Of a program that comes to its end without being done, as Node has it. */
const UNSETTLED = 13;

process.exitCode = UNSETTLED;
void runCli(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
