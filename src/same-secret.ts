/**
 * Whether whoever knows one of two secrets knows the other: they are the same text, or one value in other spellings (hex,
 * base64, base64url, with and without padding). A setting that is used as text does not sign with what it spells, but
 * somebody who made it of the other one has given both away.
 */
export function isSameSecret(one: string, other: string): boolean {
  const known = new Set(readingsOf(one));
  return readingsOf(other).some((reading) => known.has(reading));
}

/** What a text may stand for, each in hex. */
function readingsOf(text: string): readonly string[] {
  const isHex = text.length % 2 === 0 && /^[\da-f]+$/i.test(text);
  return [
    Buffer.from(text),
    ...(isHex ? [Buffer.from(text, 'hex')] : []),
    ...(isBase64(text) ? [Buffer.from(text, 'base64')] : []),
  ].map((bytes) => bytes.toString('hex'));
}

/** Decoding drops the last bits of what is no base64, so that other texts would come to the same. */
function isBase64(text: string): boolean {
  if (!/^[\w+/-]+={0,2}$/.test(text)) return false;
  const spelt = text.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
  return Buffer.from(text, 'base64').toString('base64url') === spelt;
}
