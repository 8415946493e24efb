import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** As much of a Compose file as this project uses, with anchors and merges resolved. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

export interface ComposeService {
  readonly image?: string;
  readonly build?: string;
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
  readonly command?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

export function parseCompose(text: string): ComposeFile {
  return parse(text, { merge: true });
}

export function readCompose(file: string): ComposeFile {
  return parseCompose(readFileSync(file, 'utf8'));
}

/** A value as Compose fills it in, for `$NAME`, `${NAME}`, `${NAME:-default}`. Throws for `${NAME:?…}` without a value. */
export function filledIn(value: string, environment: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$(?:\{(\w+)(?:(:[-?])([^}]*))?\}|(\w+))/g, (_all, name, operator, rest, bare) => {
    const given = environment[name ?? bare] ?? '';
    if (given !== '') return given;
    if (operator === ':?') throw new Error(`${name}: ${rest}`);
    return rest ?? '';
  });
}

/** The names that a Compose file asks of its environment or of `.env`. */
export function askedOf(text: string): readonly string[] {
  const code = text.replaceAll(/^\s*#.*$/gm, '');
  return [...new Set([...code.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name ?? ''))].sort();
}
