import { resolve } from 'node:path';
import { runProgram, startProgram } from '../../support/child-program.ts';
import type { Probe, ProbeResult } from './probe-load.ts';

const probing = resolve(import.meta.dirname, 'probe-load.ts');

/** Runs a load program of this folder while another process asks for health and posts; gives what both measured. */
export async function underProbe<Result>(
  program: string,
  load: object,
  probe: Probe,
): Promise<{ readonly loaded: Result; readonly probed: ProbeResult }> {
  const prober = await startProgram([probing, JSON.stringify(probe)]);
  const told: Promise<string> = new Promise((done) => {
    let text = '';
    prober.process.stdout?.on('data', (bytes) => {
      text += bytes;
    });
    prober.process.once('close', () => done(text));
  });
  const loaded: Result = JSON.parse(await runProgram([resolve(import.meta.dirname, program), JSON.stringify(load)]));
  await prober.end('SIGTERM');
  const probed: ProbeResult = JSON.parse((await told).trim().split('\n').at(-1) ?? '');
  return { loaded, probed };
}
