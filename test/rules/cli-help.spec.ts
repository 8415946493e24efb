import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { runCli } from '../../src/cli/program.ts';
import { PROCESS } from '../../src/cli/terminal.ts';

it('says at once what the program says of itself', async () => {
  const said: string[] = [];
  await runCli(['--help'], { ...PROCESS, out: (text) => said.push(text) });
  const { stdout, status } = spawnSync(process.execPath, ['bin/colloquy.js', '--help'], { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout.trimEnd()).toBe(said.join('\n'));
});
