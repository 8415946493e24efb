import { stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { ImagesWanted } from '../import/images/imported-images.ts';
import { WrongCall } from './terminal.ts';

export interface ImageFlags {
  readonly media?: string;
  readonly fetchMedia?: true;
  readonly allowAddress?: string;
}

/** Throws WrongCall. */
export async function imagesWanted({ media, fetchMedia, allowAddress }: ImageFlags): Promise<ImagesWanted> {
  if (media !== undefined && !(await isDirectory(media)))
    throw new WrongCall(`--media ${media}: there is no such folder`);
  const allowAddresses = listIn(allowAddress);
  if (allowAddresses.length > 0 && !fetchMedia) throw new WrongCall('--allow-address goes with --fetch-media');
  const wrong = allowAddresses.find((each) => !isNetwork(each));
  if (wrong !== undefined)
    throw new WrongCall(`--allow-address ${wrong}: must be an address or a range such as 10.1.0.0/16`);
  return { ...(media === undefined ? {} : { media }), ...(fetchMedia ? { fetch: { allowAddresses } } : {}) };
}

/** What commas part, without empty ones. */
export function listIn(text = ''): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : 128;
  return (
    isIP(address) !== 0 &&
    more === undefined &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}
