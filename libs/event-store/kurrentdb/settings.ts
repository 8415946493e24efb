import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';
import { credentialsIn, type DatabaseLogin, KURRENTDB_FORM } from './address.ts';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

export type NodePreference = 'leader' | 'follower' | 'random' | 'readonlyreplica';

/** The part of a connection string that the adapter itself needs. */
export interface Settings {
  readonly hosts: readonly Endpoint[];
  /** True when the nodes must be asked which of them to use. */
  readonly discovers: boolean;
  readonly preference: NodePreference;
  readonly credentials: DatabaseLogin | undefined;
  readonly channel: ChannelCredentials;
  readonly isSecure: boolean;
  /** The same connection, to this one node. */
  urlOf(node: Endpoint): string;
}

const PARTS = /^kurrentdb(?:\+discover)?:\/\/([^@/?]+@)?([^/?]+)\/?(?:\?(.*))?$/;
const PREFERENCES = new Set(['leader', 'follower', 'random', 'readonlyreplica']);
/** Options for finding a node, which is done here. */
const FINDING = new Set(['nodepreference', 'discoveryinterval', 'maxdiscoverattempts', 'gossiptimeout']);

/** Reads a connection string that `kurrentHosts` has passed. Throws RangeError when its certificates are not there. */
export function connectionSettings(url: string): Settings {
  const [, user = '', hosts = '', query = ''] = PARTS.exec(url) ?? [];
  const options = new Map(query.split('&').flatMap((option) => (option === '' ? [] : [pairOf(option)])));
  const endpoints = hosts.split(',').map(endpointOf);
  const kept = [...options].filter(([name]) => !FINDING.has(name)).map(([, { text }]) => text);
  const isSecure = options.get('tls')?.value !== 'false';
  const preference = options.get('nodepreference')?.value.toLowerCase() ?? 'leader';
  return {
    hosts: endpoints,
    discovers: url.startsWith('kurrentdb+discover:') || endpoints.length > 1,
    preference: isPreference(preference) ? preference : 'leader',
    credentials: credentialsIn(url),
    channel: isSecure ? secure(options) : credentials.createInsecure(),
    isSecure,
    urlOf: ({ host, port }) => `kurrentdb://${user}${host}:${port}${kept.length === 0 ? '' : `?${kept.join('&')}`}`,
  };
}

type Options = ReadonlyMap<string, { readonly value: string; readonly text: string }>;

function secure(options: Options): ChannelCredentials {
  const file = (name: string): Buffer | null => fileIn(options.get(name)?.value);
  const rejectUnauthorized = options.get('tlsverifycert')?.value !== 'false';
  return credentials.createSsl(file('tlscafile'), file('userkeyfile'), file('usercertfile'), { rejectUnauthorized });
}

function fileIn(name: string | undefined): Buffer | null {
  if (name === undefined) return null;
  try {
    return readFileSync(resolve(name));
  } catch (error) {
    throw new RangeError(`an address such as ${KURRENTDB_FORM} whose certificate files are there: ${error}`);
  }
}

function pairOf(option: string): [string, { value: string; text: string }] {
  const [name = '', value = ''] = option.split('=');
  return [name.toLowerCase().replace(/[_-]/g, ''), { value: decodeURIComponent(value), text: option }];
}

function endpointOf(text: string): Endpoint {
  const [host = '', port = '2113'] = text.split(':');
  return { host, port: Number(port) };
}

function isPreference(text: string): text is NodePreference {
  return PREFERENCES.has(text);
}
