import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

const RED = '#c03020';

/** One colour, to be written in any format. */
export function drawn(width: number, height: number, background: string | object = RED): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

/** Every pixel another, so that its file cannot be small. */
export function noise(width: number, height: number): Sharp {
  return sharp({
    create: { width, height, channels: 3, background: RED, noise: { type: 'gaussian', mean: 128, sigma: 30 } },
  });
}

/** A GIF of pictures, 40 by 20 pixels, each of another colour. */
export async function moving(count: number): Promise<Buffer> {
  const colours = Array.from({ length: count }, (_, n) => ({ r: (n * 97) % 256, g: (n * 61) % 256, b: (n % 2) * 255 }));
  const pictures = await Promise.all(colours.map((colour) => drawn(40, 20, colour).png().toBuffer()));
  return sharp(pictures, { join: { animated: true } })
    .gif()
    .toBuffer();
}

/** A small file that says to have 144 million pixels. */
export function bomb(): Promise<Buffer> {
  return drawn(12_000, 12_000).png({ compressionLevel: 9 }).toBuffer();
}

/** The header of an image of 60,000 by 60,000 pixels, or the most that the format can say, with next to nothing behind it. */
export async function claiming(format: 'gif' | 'png' | 'jpeg' | 'webp'): Promise<Buffer> {
  const small = drawn(16, 16);
  switch (format) {
    case 'gif': {
      const bytes = await small.gif().toBuffer();
      for (const at of [6, 8]) bytes.writeUInt16LE(60_000, at);
      const frame = bytes.indexOf(0x2c, 13);
      for (const at of [5, 7]) bytes.writeUInt16LE(60_000, frame + at);
      return bytes;
    }
    case 'png': {
      const bytes = await small.png().toBuffer();
      for (const at of [16, 20]) bytes.writeUInt32BE(60_000, at);
      bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
      return bytes;
    }
    case 'jpeg': {
      const bytes = await small.jpeg().toBuffer();
      const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
      for (const at of [5, 7]) bytes.writeUInt16BE(60_000, frame + at);
      return bytes;
    }
    case 'webp': {
      const bytes = await small.webp({ lossless: true }).toBuffer();
      const most = 0x3fff;
      bytes.writeUInt32LE(most + most * 0x4000, bytes.indexOf('VP8L') + 9);
      return bytes;
    }
    default:
      return format satisfies never;
  }
}

/** A chunk of a PNG, with its length and sum. */
function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** Where the chunks behind the first begin. */
const BEHIND_HEAD = 33;

/** The PNG with a text and a colour profile that are very long once they are inflated. */
export async function withText(png: Buffer): Promise<Buffer> {
  const text = Buffer.concat([Buffer.from('Comment\0\0'), deflateSync(Buffer.alloc(200_000_000, 'a'))]);
  const profile = Buffer.concat([Buffer.from('Profile\0\0'), deflateSync(Buffer.alloc(100_000_000, 'b'))]);
  return Buffer.concat([
    png.subarray(0, BEHIND_HEAD),
    chunk('iCCP', profile),
    chunk('zTXt', text),
    png.subarray(BEHIND_HEAD),
  ]);
}

/** A PNG of two pictures (APNG), 40 by 20 pixels. */
export async function movingPng(): Promise<Buffer> {
  const first = await drawn(40, 20).png().toBuffer();
  const pixels = await drawn(40, 20, '#20c030').png().toBuffer();
  const data = pixels.subarray(pixels.indexOf('IDAT') + 4, pixels.length - 16);
  const frame = (number: number): Buffer => {
    const control = Buffer.alloc(26);
    for (const [at, value] of [
      [0, number],
      [4, 40],
      [8, 20],
    ] as const)
      control.writeUInt32BE(value, at);
    control.writeUInt16BE(1, 20);
    control.writeUInt16BE(10, 22);
    return chunk('fcTL', control);
  };
  const plays = Buffer.alloc(8);
  plays.writeUInt32BE(2, 0);
  const order = Buffer.alloc(4);
  order.writeUInt32BE(2, 0);
  return Buffer.concat([
    first.subarray(0, BEHIND_HEAD),
    chunk('acTL', plays),
    frame(0),
    first.subarray(BEHIND_HEAD, first.length - 12),
    frame(1),
    chunk('fdAT', Buffer.concat([order, data])),
    first.subarray(first.length - 12),
  ]);
}
