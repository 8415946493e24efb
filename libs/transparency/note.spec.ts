import fc from 'fast-check';
import {
  checkProof,
  entryOf,
  entryText,
  formatCheckpoint,
  formatProof,
  hashesIn,
  leafText,
  newSigner,
  newVerifier,
  openCheckpoint,
  openNote,
  ProofError,
  parseCheckpoint,
  parseNote,
  parseProof,
  proveInclusion,
  signCheckpoint,
  signerKey,
  signNote,
  TreeBuilder,
  verifierKey,
} from './index.ts';

const ORIGIN = 'forum.example/colloquy';
const signer = newSigner(signerKey(ORIGIN, Buffer.alloc(32, 7)));
const witness = newSigner(signerKey('witness.example', Buffer.alloc(32, 8)));
const lines = Array.from({ length: 11 }, (_, n) => `{"line":${n}}`);
const tree = new TreeBuilder();
const rows = hashesIn(lines.map((line) => tree.add(leafText(entryText(line)))).join(''));
const checkpoint = signCheckpoint({ size: tree.size, root: tree.root() }, signer);
const proof = formatProof({
  index: 9,
  hashes: proveInclusion(9, 11, (indexes) => indexes.map((index) => rows[index] ?? Buffer.alloc(0))),
  checkpoint,
});

/** Runs what takes a text apart: an answer, or a ProofError; anything else fails the test. */
function accepted<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}

/** Every byte of the text replaced by each of some others, left out, and doubled. */
function* bentTexts(text: string): Generator<string> {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += 1) {
    for (const flip of [0x01, 0x20, 0x80]) {
      const bent = Buffer.from(bytes);
      bent[at] = (bent[at] ?? 0) ^ flip;
      yield bent.toString('latin1');
    }
    yield text.slice(0, at) + text.slice(at + 1);
    yield text.slice(0, at + 1) + text.slice(at);
    yield text.slice(0, at);
  }
}

const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
const asText = (bytes: string): Uint8Array => Buffer.from(bytes, 'latin1');

it('opens what was signed, and tells who of the known signed it', () => {
  const note = signNote('one\n\ntwo\n', signer, witness);
  expect(openNote(note, [signer])).toEqual({ text: 'one\n\ntwo\n', signedBy: [signer] });
  expect(openNote(Buffer.from(note), [witness, signer]).signedBy).toEqual([signer, witness]);
});

it('carries keys as text both ways', () => {
  const verifier = newVerifier(verifierKey(signer));
  expect(verifierKey(verifier)).toBe(verifierKey(signer));
  expect(openCheckpoint(checkpoint, verifier)).toEqual({ origin: ORIGIN, size: 11, root: tree.root() });
});

it('refuses a note by nobody known, and one that bears a known name falsely', () => {
  expect(() => openNote(signNote('one\n', witness), [signer])).toThrow(`not signed by ${ORIGIN}+${signer.keyId}`);
  const other = signNote('other\n', signer).split('\n').at(-2);
  const forged = `${signNote('one\n', witness)}${other}\n`;
  expect(() => openNote(forged, [signer, witness])).toThrow(`The signature under the name ${ORIGIN} is not of the key`);
});

it('refuses a checkpoint of another origin than its key', () => {
  const note = signNote(formatCheckpoint({ origin: 'other.example', size: 11, root: tree.root() }), signer);
  expect(() => openCheckpoint(note, signer)).toThrow('The checkpoint is of the log other.example');
});

it.each([
  ['a size with a leading zero', 'o\n07\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'],
  ['a negative size', 'o\n-7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'],
  ['a huge size', 'o\n99999999999999999999999\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'],
  ['a short root', 'o\n7\nAAAA\n'],
  ['a root with bits left over', 'o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=\n'],
  ['a root without padding', 'o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n'],
  ['no origin', '\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'],
  ['no end', 'o\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='],
  ['two lines', 'o\n7\n'],
  ['nothing', ''],
])('refuses a checkpoint with %s', (_, text) => {
  expect(() => parseCheckpoint(text)).toThrow(ProofError);
});

it.each(['', 'a b', 'a+b', 'a\u3000b', 'a\u0085b', 'a\nb', '\ud800'])('takes %j for no name of a key', (name) => {
  expect(accepted(() => newVerifier(`${name}+00000000+AQ==`))).toBeNull();
  expect(accepted(() => parseNote(`x\n\n\u2014 ${name} AAAAAAA=\n`))).toBeNull();
});

it('accepts no note that was bent in any byte', () => {
  for (const bent of bentTexts(asBytes(checkpoint))) {
    expect(accepted(() => openCheckpoint(asText(bent), signer))).toBeNull();
  }
});

it('accepts no proof file that was bent in any byte, and none of another entry', () => {
  const entry = entryOf(lines[9] ?? '');
  expect(checkProof(proof, entry, signer).index).toBe(9);
  expect(accepted(() => checkProof(proof, entryOf('{"line":8}'), signer))).toBeNull();
  for (const bent of bentTexts(asBytes(proof))) {
    expect(accepted(() => checkProof(asText(bent).toString(), entry, signer))).toBeNull();
  }
});

it('accepts no key whose text was bent in any byte', () => {
  const seen = verifierKey(signer);
  for (const bent of bentTexts(seen)) {
    const key = accepted(() => newVerifier(bent));
    expect(key).toBeNull();
  }
  for (const bent of bentTexts(signerKey(ORIGIN, Buffer.alloc(32, 7)))) {
    expect(accepted(() => newSigner(bent))).toBeNull();
  }
});

it('keeps extra data in a proof file', () => {
  const extra = Buffer.from('{"a":1}');
  const file = parseProof(formatProof({ ...parseProof(proof), extra }));
  expect(file).toEqual({ ...parseProof(proof), extra: Uint8Array.from(extra) });
});

it('never crashes on any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\n', ' ', '\u2014', 'A', '=', '0', '+') }),
  );
  fc.assert(
    fc.property(text, fc.uint8Array(), (any, bytes) => {
      for (const given of [any, bytes]) expect(accepted(() => openNote(given, [signer]))).toBeNull();
      expect(accepted(() => newVerifier(any))).toBeNull();
      expect(accepted(() => newSigner(`PRIVATE+KEY+${any}`))).toBeNull();
      expect(accepted(() => checkProof(`c2sp.org/tlog-proof@v1\n${any}`, entryOf(any), signer))).toBeNull();
      accepted(() => parseCheckpoint(any));
    }),
  );
});
