import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const programs = resolve(import.meta.dirname, '../../dist/program');
/** What each forum runs, whatever its log is. */
const ALWAYS = ['cli', 'writer.worker', 'projector.worker', 'tree.worker', 'checkpointer.worker'];
const MIB = 1024 * 1024;

const textOf = (name: string): string => readFileSync(resolve(programs, name), 'latin1');

describe('the built programs', () => {
  it('which each forum runs have no more text together than they need, since all of it stays in memory', () => {
    const bytes = ALWAYS.map((name) => statSync(resolve(programs, `${name}.js`)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(7.25 * MIB);
  });

  it.each([
    ['kurrentdb.cjs', 'event_store.client'],
    ['html.cjs', 'createHTMLDocument'],
    ['mail.cjs', 'SMTPConnection'],
    ['passkeys.cjs', 'verifyAttestationFIDOU2F'],
    ['push.cjs', 'generateVAPIDKeys'],
    ['feeds.cjs', 'itunes.com/dtds'],
  ])('have what is in %s nowhere else', (file, word) => {
    expect(textOf(file)).toContain(word);
    for (const name of ALWAYS) expect([name, textOf(`${name}.js`).includes(word)]).toEqual([name, false]);
  });

  it('have lines that a person can read where one of them was thrown', () => {
    const lines = textOf('cli.js').split('\n');
    expect(lines.filter((line) => line.length > 1_000).length).toBeLessThan(lines.length / 100);
  });
});
