import { expect, test } from '@jest/globals';
import { drawn, moving } from '../../test/support/pictures.ts';
import { sentKindOf } from './index.ts';

/** A file of ISO/IEC 14496-12 whose first box names these brands. */
const branded = (major: string, ...others: readonly string[]): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(16 + 4 * others.length);
  return Buffer.concat([length, Buffer.from(`ftyp${major}\0\0\0\0${others.join('')}the rest: heic avif`)]);
};

test('images that browsers show are taken, whatever their name', async () => {
  const image = drawn(10, 10);
  const taken = [
    await image.clone().jpeg().toBuffer(),
    await image.clone().png().toBuffer(),
    await image.clone().webp().toBuffer(),
    await image.clone().avif().toBuffer(),
    await moving(2),
    branded('mif1', 'avif'),
  ];
  expect(taken.map(sentKindOf)).toEqual(taken.map(() => ({ taken: true })));
});

test.each<[string | null, Buffer]>([
  ['a HEIC', branded('heic', 'mif1', 'heic')],
  ['a HEIC', branded('mif1', 'heic')],
  ['a film', branded('isom', 'avc1')],
  ['a film', branded('mif1')],
  ['an SVG', Buffer.from('\ufeff\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['an SVG', Buffer.from('<?xml version="1.0"?><svg/>')],
  ['a PDF', Buffer.from('%PDF-1.7')],
  ['a TIFF', Buffer.from('II*\0')],
  ['a BMP', Buffer.from('BM')],
  [null, Buffer.from('<!DOCTYPE html>')],
  [null, Buffer.from('GIF')],
  [null, Buffer.alloc(0)],
])('%s is told from %j', (name, bytes) => {
  expect(sentKindOf(bytes)).toEqual({ taken: false, name });
});
