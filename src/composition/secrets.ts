import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, isRecord } from '../../libs/kernel/index.ts';
import { type Config, ConfigError } from '../config.ts';
import { makePrivate } from './private-dir.ts';

/** The forum's secrets. */
export interface Secrets {
  /** Signs session tokens. */
  readonly sessionSecret: string;
  /** Names the reservation stream of an e-mail address (HMAC-SHA-256), so that the log never holds the address. */
  readonly emailKey: string;
}

/**
 * Reads the secrets of a forum of one node: made at first use, kept in DATA_DIR/secrets.json, readable by its owner
 * alone. A SESSION_SECRET in the settings replaces the kept one. Throws ConfigError.
 */
export function loadSecrets(config: Pick<Config, 'dataDir' | 'sessionSecret'>): Secrets {
  makePrivate(config.dataDir);
  const file = join(config.dataDir, 'secrets.json');
  const kept = readSecrets(file) ?? make(file);
  return config.sessionSecret === null ? kept : { ...kept, sessionSecret: config.sessionSecret };
}

export function newSecrets(): Secrets {
  return { sessionSecret: randomBytes(32).toString('base64url'), emailKey: randomBytes(32).toString('base64url') };
}

/** Undefined when the file is missing. Throws ConfigError for a file with other contents. */
export function readSecrets(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const value = parse(text);
  if (!isSecrets(value)) throw new ConfigError(`${file}: is not the forum's file of secrets; restore it from a backup`);
  return value;
}

/** Writes the secrets into the file in one step, whatever it held. */
export function writeSecrets(file: string, secrets: Secrets): void {
  renameSync(draftOf(file, secrets), file);
}

export function isSecrets(value: unknown): value is Secrets {
  if (!isRecord(value)) return false;
  return [value['sessionSecret'], value['emailKey']].every(
    (secret) => typeof secret === 'string' && secret.length >= 32,
  );
}

/** Two processes that start at once end with the same secrets: the first to link its file wins. */
function make(file: string): Secrets {
  const secrets = newSecrets();
  const draft = draftOf(file, secrets);
  try {
    linkSync(draft, file);
    return secrets;
  } catch (error) {
    const other = codeOf(error) === 'EEXIST' ? readSecrets(file) : undefined;
    if (other === undefined) throw error;
    return other;
  } finally {
    unlinkSync(draft);
  }
}

function draftOf(file: string, { sessionSecret, emailKey }: Secrets): string {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const text = `${JSON.stringify({ sessionSecret, emailKey }, null, 2)}\n`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
