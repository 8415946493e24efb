import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  entryText,
  hashBytes,
  hashesIn,
  keyChain,
  leafText,
  newSigner,
  newVerifier,
  openKeyChange,
  proveConsistency,
  type Signer,
  signCheckpoint,
  signerKey,
  signKeyChange,
  TreeBuilder,
  verifierKey,
} from '../../../../libs/transparency/index.ts';
import { compare } from '../../../acts/proving/comparing.ts';
import { type CheckedCheckpoint, compareCheckpoints } from './browser/check-checkpoint.ts';
import { VERIFY_STEPS } from './page-data.ts';
import { verdictAt } from './verdict.ts';

const EVENTS = 21;
const signer: Signer = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 7)));
const other: Signer = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 8)));
const key = verifierKey(signer);

const rows: Uint8Array[] = [];
/** By size. */
const roots: Uint8Array[] = [];

beforeAll(() => {
  const tree = new TreeBuilder();
  roots.push(tree.root());
  for (let index = 0; index < EVENTS; index += 1) {
    rows.push(...hashesIn(tree.add(leafText(entryText(`event ${index}`)))));
    roots.push(tree.root());
  }
});

const at = (size: number, by = signer): string => signCheckpoint({ size, root: roots[size] ?? Buffer.of() }, by);
const prove = async (from: number, to: number): Promise<readonly Uint8Array[]> =>
  proveConsistency(from, to, (indexes) => indexes.map((row) => rows[row] ?? Buffer.of()));
const inBrowser = (
  kept: string,
  changes: { newest?: string; key?: string; changes?: readonly string[]; prove?: typeof prove } = {},
) => compareCheckpoints({ kept, newest: at(EVENTS), key, prove, ...changes });
/** The forum's own answer. */
const onServer = (kept: string) =>
  compare(kept, { verifiers: [newVerifier(key)], size: EVENTS, root: (size) => roots[size] ?? Buffer.of() });
const failedAt = ({ outcomes }: CheckedCheckpoint) => VERIFY_STEPS.find((step) => outcomes[step] === 'failed') ?? null;

describe('a checkpoint that was kept', () => {
  it('of every size is found at the beginning of the newest log', async () => {
    for (let size = 0; size <= EVENTS; size += 1) {
      const found = await inBrowser(at(size));
      expect({ size, verdict: found.verdict, kept: found.kept }).toEqual({ size, verdict: 'passed', kept: size });
      expect(onServer(at(size))).toEqual({ failedAt: null, size });
    }
  });

  it('of another log is refused at every size: in the browser for want of a proof, by the forum by its root', async () => {
    for (let size = 1; size <= EVENTS; size += 1) {
      const bent = signCheckpoint({ size, root: hashBytes(leafText(entryText(`another ${size}`))) }, signer);
      expect({ size, failed: failedAt(await inBrowser(bent)) }).toEqual({ size, failed: 'beginning' });
      expect(onServer(bent)).toEqual({ failedAt: 'beginning', size });
    }
  });

  it('is refused with the step that does not hold', async () => {
    const both = async (kept: string): Promise<readonly unknown[]> => [
      failedAt(await inBrowser(kept)),
      onServer(kept).failedAt,
    ];
    expect(await both('nothing')).toEqual(['form', 'form']);
    expect(await both(at(9, other))).toEqual(['key', 'key']);
    expect(await both(at(9).replace('forum.example/colloquy\n9', 'forum.example/colloquy\n8'))).toEqual([
      'signature',
      'signature',
    ]);
    expect(failedAt(await inBrowser(at(9), { key: 'nothing' }))).toBe('key');
    expect(failedAt(await inBrowser(at(9), { newest: at(8) }))).toBe('newest');
    expect(failedAt(await inBrowser(at(9), { newest: at(EVENTS, other) }))).toBe('newest');
    expect(failedAt(await inBrowser(at(9), { newest: 'nothing' }))).toBe('newest');
    expect(compare(at(9), { verifiers: [newVerifier(key)], size: 8, root: () => Buffer.of() })).toEqual({
      failedAt: 'newest',
      size: 9,
    });
  });

  it('accuses the log only when a known key signed it: what is no checkpoint, or is cut, cannot be checked', async () => {
    const cut = `${at(9).trim().slice(0, -20)}\n`;
    const bent = at(9).replace('forum.example/colloquy\n9', 'forum.example/colloquy\n8');
    for (const kept of ['hello', '', cut, bent, at(9, other)]) {
      const found = await inBrowser(kept);
      expect({ kept, verdict: found.verdict }).toEqual({ kept, verdict: 'uncheckable' });
      expect(verdictAt(onServer(kept).failedAt)).toBe('uncheckable');
      expect((await inBrowser(kept, { newest: 'nothing' })).verdict).toBe('uncheckable');
    }
    const never = signCheckpoint({ size: 9, root: hashBytes(leafText(entryText('another'))) }, signer);
    expect((await inBrowser(never)).verdict).toBe('failed');
    expect(verdictAt(onServer(never).failedAt)).toBe('failed');
    expect((await inBrowser(at(9), { newest: at(8) })).verdict).toBe('failed');
  });

  it('is not believed with a proof that is bent, cut or longer', async () => {
    const hashes = await prove(9, EVENTS);
    const bent = hashes.map((_, which) => hashes.map((hash, place) => (place === which ? Buffer.alloc(32, 1) : hash)));
    for (const wrong of [...bent, hashes.slice(1), hashes.slice(0, -1), [...hashes, Buffer.alloc(32)], []]) {
      const found = await inBrowser(at(9), { prove: async () => wrong });
      expect(failedAt(found)).toBe('beginning');
    }
  });
});

describe('a log whose key was changed', () => {
  const moved = newSigner(signerKey('moved.example/colloquy', Buffer.alloc(32, 9)));
  const changed = (): string => signKeyChange({ size: 12, root: roots[12] ?? Buffer.of() }, signer, other);
  const last = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 9)));
  /** A change to another name of the log, with the same keys. */
  const changedAgain = (): string => {
    const before = newSigner(signerKey('moved.example/colloquy', Buffer.alloc(32, 8)));
    return signKeyChange({ size: 15, root: roots[15] ?? Buffer.of() }, before, moved);
  };

  it('holds what was kept before and after, by any key of the chain', async () => {
    const changes = [changed(), changedAgain()];
    for (const known of [signer, other, last]) {
      for (const kept of [at(9), at(13, other), at(17, last), changed()]) {
        const found = await inBrowser(kept, { changes, key: verifierKey(known), newest: at(EVENTS, last) });
        expect({ verdict: found.verdict, outcomes: found.outcomes }).toMatchObject({ verdict: 'passed' });
      }
    }
    const verifiers = keyChain([last], changes.map(openKeyChange));
    const known = { verifiers, size: EVENTS, root: (size: number) => roots[size] ?? Buffer.of() };
    expect(compare(at(9), known)).toEqual({ failedAt: null, size: 9 });
    expect(compare(at(13, other), known)).toEqual({ failedAt: null, size: 13 });
  });

  it('does not when a change lacks the signature of either key, or is altered', async () => {
    const [head = '', first = '', second = ''] = changed().split('\n\u2014 ');
    const halves = [`${head}\n\u2014 ${first}\n`, `${head}\n\u2014 ${second}`];
    const altered = changed().replace('\n12\n', '\n11\n');
    for (const note of [...halves, altered, 'nothing']) {
      const found = await inBrowser(at(9), { changes: [note], newest: at(EVENTS, other) });
      expect(failedAt(found)).toBe('newest');
    }
  });
});
