import 'reflect-metadata';
import { runCli } from './cli/program.ts';

// Started by bin/colloquy.js on an older Node: this process must not outlive its launcher.
if (process.channel !== undefined) {
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

process.exitCode = await runCli(process.argv.slice(2));
