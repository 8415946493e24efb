import type { ImportSaying } from '../../../libs/words/index.ts';

/** The prefix under which the importer knows each namespace, whatever prefix a file binds to it. */
const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/^https?:\/\/wordpress\.org\/export\/\d+\.\d+\/$/, 'wp'],
  [/^https?:\/\/wordpress\.org\/export\/\d+\.\d+\/excerpt\/$/, 'excerpt'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/$/, 'content'],
  [/^https?:\/\/purl\.org\/dc\/elements\/1\.1\/$/, 'dc'],
];
const USUAL = new Set(NAMESPACES.map(([, prefix]) => prefix));

/** The prefixes that are bound at an element; the empty one is the default namespace. */
export type Bindings = ReadonlyMap<string, string>;

export const NO_BINDINGS: Bindings = new Map();

/** The bindings inside an element: its own `xmlns` attributes on top of the outer ones. */
export function bindings(outer: Bindings, attributes: Readonly<Record<string, string>>): Bindings {
  let own: Map<string, string> | undefined;
  for (const [name, uri] of Object.entries(attributes)) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(outer);
    own.set(name.slice('xmlns:'.length), uri.trim());
  }
  return own ?? outer;
}

/** True when one of the prefixes is bound to WordPress' export namespace: the mark of a WXR file. */
export function bindsWordPress(bound: Bindings): boolean {
  return [...bound.values()].some((uri) => usualPrefix(uri) === 'wp');
}

/**
 * The usual name of an element: `wp:post_id` also where another prefix, or none, is bound to WordPress' namespace. A
 * usual prefix keeps its meaning when it is unbound or bound elsewhere, as in WordPress' own importer; `doubt` says
 * what was odd.
 */
export function usualName(
  name: string,
  bound: Bindings,
): { readonly name: string; readonly doubt: ImportSaying | null } {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  const uri = bound.get(prefix);
  const meant = uri === undefined ? undefined : usualPrefix(uri);
  if (meant !== undefined) return { name: `${meant}:${local}`, doubt: null };
  if (prefix === '') return { name, doubt: null };
  if (uri === undefined) return { name, doubt: `the prefix "${prefix}" is not bound to a namespace; read as usual` };
  if (!USUAL.has(prefix)) return { name, doubt: null };
  return { name, doubt: `the prefix "${prefix}" is bound to ${JSON.stringify(uri)}; read as usual` };
}

function usualPrefix(uri: string): string | undefined {
  return NAMESPACES.find(([pattern]) => pattern.test(uri))?.[1];
}
