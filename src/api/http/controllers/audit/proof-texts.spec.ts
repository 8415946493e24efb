import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InclusionTexts } from './proof-texts.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const size = fc.integer({ min: 0, max: 2 ** 52 });
const proof = fc.record({
  index: size,
  size,
  hashes: fc.array(hash, { minLength: 1, maxLength: 65 }),
  checkpoint: fc.oneof(
    fc.constantFrom('', 'forum.example/colloquy\n7\n"\\\n\n— forum A==\n'),
    fc.string({ unit: 'grapheme', maxLength: 500 }),
  ),
});

it('writes one proof after another as JSON in ASCII, as JSON.stringify would say it', () => {
  fc.assert(
    fc.property(fc.array(proof, { minLength: 1, maxLength: 4 }), (proofs) => {
      const texts = new InclusionTexts();
      for (const { hashes, ...rest } of proofs) {
        const text = texts.of({ ...rest, hashes: Buffer.concat(hashes) });
        const [leafHash, ...path] = hashes.map((one) => Buffer.from(one).toString('base64'));
        expect(text).toMatch(/^[ -~]*$/);
        expect(JSON.parse(text)).toEqual({ ...rest, leafHash, hashes: path });
      }
    }),
    { numRuns: 300 },
  );
});
