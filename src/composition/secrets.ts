import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';

/** What the forum keeps to itself: made once, kept in DATA_DIR/secrets.json, readable by its owner alone. */
export interface Secrets {
  /** Signs session tokens. */
  readonly sessionSecret: string;
  /** Names the reservation stream of an e-mail address (HMAC-SHA-256), so that the log never holds the address. */
  readonly emailKey: string;
}

/** Reads the secrets, making them at first use; a SESSION_SECRET in the settings goes before the kept one. Throws ConfigError. */
export function loadSecrets(config: Pick<Config, 'dataDir' | 'sessionSecret'>): Secrets {
  mkdirSync(config.dataDir, { recursive: true });
  const file = join(config.dataDir, 'secrets.json');
  const kept = read(file) ?? make(file);
  return config.sessionSecret === null ? kept : { ...kept, sessionSecret: config.sessionSecret };
}

/** Two processes that start at once end with the same secrets: whoever links its file first wins. */
function make(file: string): Secrets {
  const secrets: Secrets = {
    sessionSecret: randomBytes(32).toString('base64url'),
    emailKey: randomBytes(32).toString('base64url'),
  };
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
    return secrets;
  } catch (error) {
    const other = isCode(error, 'EEXIST') ? read(file) : undefined;
    if (other === undefined) throw error;
    return other;
  } finally {
    unlinkSync(draft);
  }
}

function read(file: string): Secrets | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const value = parse(text);
  if (!isSecrets(value)) throw new ConfigError(`${file}: is not the forum's file of secrets; restore it from a backup`);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSecrets(value: unknown): value is Secrets {
  if (typeof value !== 'object' || value === null) return false;
  return ['sessionSecret', 'emailKey'].every((key) => {
    const secret: unknown = Reflect.get(value, key);
    return typeof secret === 'string' && secret.length >= 32;
  });
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
