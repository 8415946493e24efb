import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InclusionTexts } from './proof-texts.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const size = fc.nat(2 ** 52);

it('writes each proof as JSON in ASCII, as JSON.stringify would say it', () => {
  const texts = new InclusionTexts();
  const notes = fc.oneof(
    fc.constant('forum.example/colloquy\n7\n"\\\n\n— forum A==\n'),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(size, size, fc.array(hash, { minLength: 1, maxLength: 65 }), notes, (index, of, hashes, checkpoint) => {
      const text = texts.of({ index, size: of, hashes: Buffer.concat(hashes), checkpoint });
      const [leafHash, ...path] = hashes.map((one) => Buffer.from(one).toString('base64'));
      expect(text).toMatch(/^[ -~]*$/);
      expect(JSON.parse(text)).toEqual({ index, size: of, leafHash, hashes: path, checkpoint });
    }),
  );
});
