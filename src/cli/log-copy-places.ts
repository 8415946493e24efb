import { resolve } from 'node:path';
import { isKurrentUrl, KURRENTDB_FORM, kurrentHosts } from '../../libs/event-store/index.ts';
import { WrongCall } from './terminal.ts';

/** Where a log stands: in a data directory, or in the database that an address names. */
export type CopyPlace =
  | { readonly kind: 'sqlite'; readonly dataDir: string }
  | { readonly kind: 'kurrentdb'; readonly url: string; readonly hosts: string };

const FORMS = `sqlite: (the file in DATA_DIR), sqlite:DIRECTORY, or ${KURRENTDB_FORM}`;

/** Reads the value of an option; `sqlite:` alone is DATA_DIR. Throws WrongCall, which repeats no password. */
export function copyPlaceOf(option: string, text: string, dataDir: string): CopyPlace {
  if (text === 'sqlite:') return { kind: 'sqlite', dataDir };
  if (text.startsWith('sqlite:')) return { kind: 'sqlite', dataDir: resolve(text.slice('sqlite:'.length)) };
  if (!isKurrentUrl(text)) throw new WrongCall(`${option}: must be ${FORMS}`);
  try {
    return { kind: 'kurrentdb', url: text, hosts: kurrentHosts(text) };
  } catch (error) {
    if (error instanceof RangeError) throw new WrongCall(`${option}: must be ${error.message}`);
    throw error;
  }
}

/** For messages: without user and password. */
export function placeName(place: CopyPlace): string {
  return place.kind === 'sqlite' ? place.dataDir : `kurrentdb://${place.hosts}`;
}

export function isSamePlace(one: CopyPlace, other: CopyPlace): boolean {
  return placeName(one) === placeName(other);
}
