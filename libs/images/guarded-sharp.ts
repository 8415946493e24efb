import type { SharpConstructor } from 'sharp';

/**
 * The decoders that strangers' bytes may reach, by libvips' names of its classes; SVG is a program and is never drawn.
 */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}`);

export type Sharp = SharpConstructor;

let opened: Promise<Sharp> | undefined;

/** sharp with the decoders of photographs alone. Loaded when the first image comes: its library takes 25 MiB of memory. */
export function guardedSharp(): Promise<Sharp> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: DECODERS });
  // libvips keeps what it has decoded, and takes all cores, unless told.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}
