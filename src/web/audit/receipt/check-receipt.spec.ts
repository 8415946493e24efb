import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  entryOf,
  entryText,
  formatProof,
  hashesIn,
  leafText,
  newSigner,
  proveInclusion,
  type Signer,
  signCheckpoint,
  signerKey,
  signKeyChange,
  TreeBuilder,
  verifierKey,
} from '../../../../libs/transparency/index.ts';
import { type Checked, checkReceipt, STEPS } from './browser/check-receipt.ts';

const EVENTS = 37;
const COMMENT = '329f5a8f-243b-821d-8d3a-563c837af963';
const INDEX = 20;

const lineOf = (index: number): string => `{"position":"${index + 1}","stream":"comment-${COMMENT}"}`;
const signer: Signer = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 7)));
const other: Signer = newSigner(signerKey('forum.example/colloquy', Buffer.alloc(32, 8)));
const key = verifierKey(signer);

let text: string;
let hashOnly: string;

beforeAll(() => {
  const rows: Uint8Array[] = [];
  const tree = new TreeBuilder();
  for (let index = 0; index < EVENTS; index += 1) rows.push(...hashesIn(tree.add(leafText(entryText(lineOf(index))))));
  const hashes = proveInclusion(INDEX, EVENTS, (indexes) => indexes.map((at) => rows[at] ?? Buffer.of()));
  const checkpoint = signCheckpoint({ size: EVENTS, root: tree.root() }, signer);
  text = formatProof({ extra: Buffer.from(lineOf(INDEX)), index: INDEX, hashes, checkpoint });
  hashOnly = formatProof({ extra: entryOf(lineOf(INDEX)), index: INDEX, hashes, checkpoint });
});

const check = (
  receipt: { text?: string; key?: string; commentId?: string; changes?: readonly string[] } = {},
): Promise<Checked> => checkReceipt({ text, key, commentId: COMMENT, ...receipt });

/** The step that failed; later ones were not checked. */
const failing = async (receipt: Parameters<typeof check>[0]): Promise<string | undefined> => {
  const { outcomes, verdict } = await check(receipt);
  const failed = STEPS.find((step) => outcomes[step] === 'failed');
  expect(verdict).toBe(failed === undefined ? 'passed' : 'failed');
  const after = STEPS.slice(failed === undefined ? STEPS.length : STEPS.indexOf(failed) + 1);
  for (const step of after) expect(outcomes[step]).toBe('skipped');
  return failed;
};

describe('a receipt in the browser', () => {
  it('holds, step by step', async () => {
    const passed = { form: 'passed', subject: 'passed', path: 'passed', key: 'passed', signature: 'passed' };
    expect(await check()).toEqual({ outcomes: passed, verdict: 'passed', size: EVENTS });
    expect(await check({ text: `  ${text.replaceAll('\n', '\r\n')}\n\n` })).toMatchObject({ verdict: 'passed' });
    const withheld = { outcomes: { ...passed, subject: 'withheld' }, verdict: 'passed', size: EVENTS };
    expect(await check({ text: hashOnly })).toEqual(withheld);
  });

  it('is refused with the step that does not hold', async () => {
    expect(await failing({ text: '' })).toBe('form');
    expect(await failing({ text: text.slice(0, -20) })).toBe('form');
    expect(await failing({ commentId: COMMENT.replace('3', '4') })).toBe('subject');
    expect(await failing({ text: text.replace(/^extra .*$/m, `extra ${btoa('no event')}`) })).toBe('subject');
    expect(await failing({ text: text.replace(/^extra .*\n/m, '') })).toBe('subject');
    const line = btoa(lineOf(INDEX).replace('21', '22'));
    expect(await failing({ text: text.replace(/^extra .*$/m, `extra ${line}`) })).toBe('path');
    expect(await failing({ text: text.replace('index 20', 'index 21') })).toBe('path');
    expect(await failing({ text: text.replace(`\n${EVENTS}\n`, `\n${EVENTS + 1}\n`) })).toBe('signature');
    expect(await failing({ key: verifierKey(other) })).toBe('key');
    const changes = [signKeyChange({ size: 40, root: Buffer.alloc(32) }, signer, other)];
    expect(await failing({ key: verifierKey(other), changes })).toBe(undefined);
    expect(await failing({ key: key.replace('forum', 'other') })).toBe('key');
    expect(await failing({ key: 'nothing' })).toBe('key');
    expect(await failing({ text: text.replace(/(— .* )\S+/, '$1AAAA') })).toBe('form');
  });

  it('with any byte bent is never accepted, and never an error', async () => {
    // The newline at the end does not count: a clipboard may have lost it.
    for (let at = 0; at < text.length - 1; at += 1) {
      const code = text.charCodeAt(at);
      const bent = text.slice(0, at) + String.fromCharCode(code ^ 1) + text.slice(at + 1);
      const { verdict } = await check({ text: bent });
      expect({ at, verdict }).toEqual({ at, verdict: 'failed' });
    }
  });

  it('is not called good by a browser that cannot check signatures', async () => {
    const importKey = crypto.subtle.importKey;
    crypto.subtle.importKey = () => Promise.reject(new DOMException('no Ed25519', 'NotSupportedError'));
    try {
      expect(await check()).toMatchObject({ verdict: 'unsure', outcomes: { path: 'passed', signature: 'unable' } });
    } finally {
      crypto.subtle.importKey = importKey;
    }
  });
});
