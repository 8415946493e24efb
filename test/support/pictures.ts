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
