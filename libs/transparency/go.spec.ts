import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkConsistency,
  checkInclusion,
  entryOf,
  formatCheckpoint,
  fromBase64,
  hashesIn,
  hashText,
  leafHash,
  newSigner,
  newSignerKey,
  newVerifier,
  openNote,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  readTile,
  signNote,
  storedHashIndex,
  TreeBuilder,
  tilePath,
  toBase64,
  treeRoot,
  verifierKey,
} from './index.ts';

/** Vectors made by the Go project's tlog and note packages; the program that made it is beside the file. */
interface Vectors {
  readonly roots: readonly string[];
  readonly indexes: readonly number[];
  readonly inclusion: readonly Proof[];
  readonly consistency: readonly Proof[];
  readonly notes: readonly { signer: string; verifier: string; text: string; signed: string }[];
  readonly tiles: readonly { level: number; n: number; width: number; path: string; digest: string }[];
}
interface Proof {
  readonly from: number;
  readonly size: number;
  readonly hashes: readonly string[];
}

const PROGRAM = 'test/transparency/tlog.go';
const VECTORS = 'test/transparency/go-vectors.json';
/** Where Debian's package golang-golang-x-mod-dev has its sources. */
const GOPATH = '/usr/share/gocode';

const vectors: Vectors = JSON.parse(readFileSync(VECTORS, 'utf8'));
const hasGo = existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog')) && spawnSync('go', ['version']).status === 0;

const rows: Uint8Array[] = [];
const tree = new TreeBuilder();
for (let n = 0; n < 70_000; n += 1) rows.push(...hashesIn(tree.add(hashText(leafOf(n)))));
const read = (indexes: readonly number[]): Uint8Array[] => indexes.map((index) => rows[index] ?? Buffer.alloc(0));
const hashOf = (level: number, n: number): Uint8Array => rows[storedHashIndex(level, n)] ?? Buffer.alloc(0);

function leafOf(n: number): Uint8Array {
  return leafHash(entryOf(`entry ${n}`));
}

function bytes(base64: string | undefined): Uint8Array {
  return fromBase64(base64 ?? '', 'a vector');
}

it('makes the roots, indexes and proofs that Go makes, and accepts those of Go', () => {
  const roots = vectors.roots.map(bytes);
  const rootAt = (size: number): Uint8Array => roots[size] ?? Buffer.alloc(0);
  expect(vectors.roots.map((_, size) => toBase64(treeRoot(size, read)))).toEqual(vectors.roots);
  expect(vectors.indexes.map((_, size) => storedHashIndex(0, size))).toEqual(vectors.indexes);
  expect(vectors.inclusion.length).toBeGreaterThan(100);
  for (const { from, size, hashes } of vectors.inclusion) {
    expect(proveInclusion(from, size, read).map(toBase64)).toEqual(hashes);
    const claim = { index: from, size, leaf: leafOf(from), root: rootAt(size) };
    expect(checkInclusion(claim, hashes.map(bytes))).toBe(true);
  }
  for (const { from, size, hashes } of vectors.consistency) {
    expect(proveConsistency(from, size, read).map(toBase64)).toEqual(hashes);
    const [older, newer] = [from, size].map((at) => ({ size: at, root: rootAt(at) }));
    expect(older && newer && checkConsistency(older, newer, hashes.map(bytes))).toBe(true);
  }
});

it('reads the keys and notes of Go, and signs the same', () => {
  for (const { signer, verifier, text, signed } of vectors.notes) {
    expect(openNote(signed, [newVerifier(verifier)]).text).toBe(text);
    expect(verifierKey(newSigner(signer))).toBe(verifier);
    expect(signNote(text, newSigner(signer))).toBe(signed);
  }
});

it('reads the same tiles as Go, under the same paths', () => {
  for (const { path, digest, ...tile } of vectors.tiles) {
    // Go's paths begin with the height of a tile, which C2SP fixed at 8 and left out.
    const ours = path.replace('tile/8/', 'tile/');
    expect([tilePath(tile), parseTilePath(ours)]).toEqual([ours, tile]);
    if (digest !== '') expect(hash('sha256', readTile(tile, hashOf))).toBe(digest);
  }
});

if (hasGo) {
  const scratch = mkdtempSync(join(tmpdir(), 'colloquy-tlog-'));
  const program = join(scratch, 'tlog');
  const go = (args: readonly string[], input = ''): string => {
    const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return status === 0 ? stdout : `status ${status}: ${stderr}`;
  };

  describe('with Go at hand', () => {
    beforeAll(() => {
      const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOTOOLCHAIN: 'local', GOFLAGS: '' };
      const built = spawnSync('go', ['build', '-o', program, PROGRAM], { env, encoding: 'utf8' });
      expect([built.status, built.stderr]).toEqual([0, '']);
    }, 240_000);

    afterAll(() => rmSync(scratch, { recursive: true }));

    it('has the vectors that Go makes today', () => {
      expect(JSON.parse(go(['make']))).toEqual(vectors);
    });

    it('has every root, proof and note of its own accepted by Go', () => {
      const made = ownVectors(70);
      expect(go(['check'], JSON.stringify(made))).toBe(
        '71 roots, 2485 inclusion proofs, 2485 consistency proofs, 3 notes\n',
      );
      const bent = { ...made, notes: made.notes.map((note) => ({ ...note, text: `${note.text}x` })) };
      expect(go(['check'], JSON.stringify(bent))).toContain('a note says something else');
    });
  });
}

function ownVectors(largest: number): Omit<Vectors, 'indexes' | 'tiles'> {
  const sizes = Array.from({ length: largest + 1 }, (_, size) => size);
  const pairs = sizes.flatMap((size) => sizes.slice(0, size).map((from) => ({ from, size })));
  return {
    roots: sizes.map((size) => toBase64(treeRoot(size, read))),
    inclusion: pairs.map((pair) => ({ ...pair, hashes: proveInclusion(pair.from, pair.size, read).map(toBase64) })),
    consistency: pairs.map(({ from, size }) => {
      return { from: from + 1, size, hashes: proveConsistency(from + 1, size, read).map(toBase64) };
    }),
    notes: ['forum.example/colloquy', '127.0.0.1:3000/colloquy', 'forum.example:8443/colloquy'].map((origin) => {
      const key = newSignerKey(origin);
      const signer = newSigner(key);
      const text = formatCheckpoint({ origin, size: 70, root: treeRoot(70, read) });
      return { signer: key, verifier: verifierKey(signer), text, signed: signNote(text, signer) };
    }),
  };
}
