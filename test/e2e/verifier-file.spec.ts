import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  entryOf,
  formatProof,
  leafHash,
  newSigner,
  newSignerKey,
  signCheckpoint,
  verifierKey,
} from '../../libs/transparency/index.ts';
import { checkpointOver, linesOf, SIGNER, sampleEvents } from '../transparency/sample-log.ts';

/** The verifier as auditors get it, run far from the project by the system's own Node where there is one, else by ours. */
const PROGRAM = resolve('dist/colloquy-verify.mjs');
const NODE = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => existsSync(path)) ?? process.execPath;

const dir = mkdtempSync(join(tmpdir(), 'colloquy-verifier-'));
const program = join(dir, 'colloquy-verify.mjs');
const [file, bent] = [join(dir, 'log.ndjson'), join(dir, 'bent.ndjson')];
/** Large enough for the thread that looks at the lines. */
const events = sampleEvents(22_000);

beforeAll(() => {
  writeFileSync(program, readFileSync(PROGRAM));
  writeFileSync(file, linesOf(events));
  writeFileSync(`${file}.checkpoint`, checkpointOver(linesOf(events)));
  writeFileSync(bent, linesOf(events.map((event, at) => (at === 21_000 ? { ...event, text: 'other' } : event))));
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(NODE, [program, ...words], { encoding: 'utf8', cwd: dir, env: {} });
  return { status, stdout, stderr };
}

it('imports nothing but Node', () => {
  const imports = readFileSync(PROGRAM, 'utf8').matchAll(
    /^(?:import|export) .*from "([^"]+)"|\bimport\(|\brequire\(/gm,
  );
  const names = [...imports].map(([whole, name]) => name ?? whole);
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !name.startsWith('node:'))).toEqual([]);
});

it('accepts an export with the checkpoint beside it', () => {
  const { status, stdout, stderr } = run(file, '--key', verifierKey(SIGNER));
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toContain('integrity:     shown: the first 22000 events are those that were signed');
  expect(stderr).toContain('completeness:  shown: none of the first 22000 events is missing');
});

it('calls an altered line BROKEN by a signed checkpoint alone', () => {
  const { status, stderr } = run(bent, '--key', verifierKey(SIGNER), '--checkpoint', `${file}.checkpoint`);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^integrity: {5}BROKEN: an event is not what was signed/m),
  ]);
});

it('names the altered event as JSON for programs', () => {
  const words = [bent, '--key', verifierKey(SIGNER), '--checkpoint', `${file}.checkpoint`, '--against', file, '--json'];
  const { status, stdout, stderr } = run(...words);
  expect([status, stderr]).toEqual([1, expect.not.stringContaining('integrity')]);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    integrity: 'broken',
    change: { kind: 'altered', position: '21001', count: 1 },
  });
});

it.each([
  [2, 'give one export or receipt', []],
  [2, 'give one export', ['a', 'b', '--key', 'x']],
  [2, 'without it nothing can be shown', ['a']],
  [2, '--key: This is no verifier key', ['a', '--key', 'x']],
  [2, 'Unknown option', ['a', '--keys', 'x']],
  [1, 'no such file', ['nothing', '--key', verifierKey(SIGNER)]],
])('ends with status %i and says %s', (status, says, words) => {
  const ended = run(...words);
  expect([ended.status, ended.stderr]).toEqual([status, expect.stringContaining(says)]);
});

it('explains itself', () => {
  expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--checkpoint FILE') });
});

it('checks a receipt too, with any of the keys, and refuses a bent one', () => {
  const [line = ''] = linesOf(events.slice(0, 1)).split('\n');
  const root = leafHash(entryOf(line));
  const receipt = formatProof({
    extra: Buffer.from(line),
    index: 0,
    hashes: [],
    checkpoint: signCheckpoint({ size: 1, root }, SIGNER),
  });
  const [good, wrong] = [join(dir, 'good.tlog-proof'), join(dir, 'wrong.tlog-proof')];
  writeFileSync(good, receipt);
  writeFileSync(wrong, receipt.replace('index 0', 'index 1'));
  const other = verifierKey(newSigner(newSignerKey(SIGNER.name)));
  expect(run(good, '--key', other, '--key', verifierKey(SIGNER))).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^The receipt holds: event \S+ \(of no comment\) stands at index 0 of the 1/),
  });
  expect(run(good, '--key', other)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/is refused: .*\n.*--changes keys\.json/),
  });
  expect(run(wrong, '--key', verifierKey(SIGNER))).toMatchObject({ status: 1 });
  const named = join(dir, 'comment-6c5f20f4-1f0b-4d0e-8d75-0d3a3f1d9a52 (1).tlog-proof');
  writeFileSync(named, receipt);
  expect(run(named, '--key', verifierKey(SIGNER))).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^The receipt is refused: the receipt is about another comment than the file's name says: .*comment 6c5f20f4-/,
    ),
  });
  const about = run(good, '--key', verifierKey(SIGNER), '--about', '6c5f20f4-1f0b-4d0e-8d75-0d3a3f1d9a52');
  expect(about).toMatchObject({ status: 1, stderr: expect.stringContaining('is not about comment 6c5f20f4-') });
  expect(run(file, '--key', verifierKey(SIGNER), '--about', 'x')).toMatchObject({ status: 2 });
});

it('says what the forum answered where that was kept in place of a file, and calls nothing BROKEN', () => {
  const refusal = join(dir, 'refused.ndjson');
  const type = 'urn:colloquy:problem:unauthenticated';
  const detail = 'This is no session token of this forum.';
  writeFileSync(refusal, JSON.stringify({ type, title: 'Unauthenticated', status: 401, detail }));
  const key = ['--key', verifierKey(SIGNER)];
  for (const words of [
    [refusal, ...key],
    [file, ...key, '--checkpoint', refusal],
    [file, '--key', refusal],
  ]) {
    const { status, stderr } = run(...words);
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(`the forum answered instead: Unauthenticated: ${detail}`),
    ]);
    expect(stderr).not.toContain('BROKEN');
  }
});
