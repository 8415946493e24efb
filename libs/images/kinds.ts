/** What the first bytes of a file say that it is; whoever sends it may state anything. */
export type SentKind = { readonly taken: true } | { readonly taken: false; readonly name: string | null };

const TAKEN: SentKind = { taken: true };
const UNKNOWN: SentKind = { taken: false, name: null };

/** The first bytes of files, and what is told of such a file; null for an image that is taken. */
const SIGNS: readonly (readonly [start: string, name: string | null])[] = [
  ['\xff\xd8\xff', null],
  ['\x89PNG\r\n\x1a\n', null],
  ['GIF87a', null],
  ['GIF89a', null],
  ['II*\0', 'a TIFF'],
  ['MM\0*', 'a TIFF'],
  ['BM', 'a BMP'],
  ['%PDF-', 'a PDF'],
  ['8BPS', 'a Photoshop file'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL'],
  ['\xff\x0a', 'a JPEG XL'],
  ['\0\0\x01\0', 'an icon'],
  ['PK\x03\x04', 'a ZIP'],
  ['\x1f\x8b', 'a compressed file'],
];

/** Brands of ISO/IEC 14496-12 files: photos of telephones, and films. */
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const NEUTRAL_BRANDS = new Set(['mif1', 'msf1', 'miaf']);

/** By its bytes alone. What is taken here may still be damaged. */
export function sentKindOf(bytes: Uint8Array): SentKind {
  const head = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  const [, name] = SIGNS.find(([start]) => head.startsWith(start)) ?? [];
  if (name !== undefined) return name === null ? TAKEN : { taken: false, name };
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return TAKEN;
  if (head.slice(4, 8) === 'ftyp') return ofBrands(head);
  return /^(?:\xef\xbb\xbf)?\s*<(?:svg|\?xml)[\s>]/i.test(head) ? { taken: false, name: 'an SVG' } : UNKNOWN;
}

/** The first brand is what the file is above all; a neutral one leaves it to those behind it. */
function ofBrands(head: string): SentKind {
  const length = Math.min(head.length, Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE());
  const brands = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= length; at += 4) brands.push(head.slice(at, at + 4));
  const brand = brands.find((each) => !NEUTRAL_BRANDS.has(each)) ?? '';
  if (AVIF_BRANDS.has(brand)) return TAKEN;
  return { taken: false, name: HEIC_BRANDS.has(brand) ? 'a HEIC' : 'a film' };
}
