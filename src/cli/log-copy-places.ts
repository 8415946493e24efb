import { resolve } from 'node:path';
import { LOG_SERVER_FORMS, type LogServerName, logServerAt, logServerName } from '../../libs/event-store/index.ts';
import { WrongCall } from './terminal.ts';

/** Where a log stands: in a data directory, or on the server that an address names. */
export type CopyPlace = { readonly kind: 'sqlite'; readonly dataDir: string } | ServerPlace;

export interface ServerPlace {
  readonly kind: LogServerName;
  readonly url: string;
  readonly hosts: string;
}

const FORMS = `sqlite: (the file in DATA_DIR), sqlite:DIRECTORY, or ${LOG_SERVER_FORMS}`;

/** Reads the value of an option; `sqlite:` alone is DATA_DIR. Throws WrongCall, which repeats no password. */
export function copyPlaceOf(option: string, text: string, dataDir: string): CopyPlace {
  if (text === 'sqlite:') return { kind: 'sqlite', dataDir };
  if (text.startsWith('sqlite:')) return { kind: 'sqlite', dataDir: resolve(text.slice('sqlite:'.length)) };
  const kind = logServerName(text);
  if (kind === null) throw new WrongCall(`${option}: must be ${FORMS}`);
  try {
    return { kind, url: text, hosts: logServerAt(text).hostsIn(text) };
  } catch (error) {
    if (error instanceof RangeError) throw new WrongCall(`${option}: must be ${error.message}`);
    throw error;
  }
}

/** For messages: without user and password. */
export function placeName(place: CopyPlace): string {
  return place.kind === 'sqlite' ? place.dataDir : `${place.kind}://${place.hosts}`;
}

export function isSamePlace(one: CopyPlace, other: CopyPlace): boolean {
  return placeName(one) === placeName(other);
}
