/** The systems from which posts and comments are brought, and their own names. */
export const IMPORT_NAMES = {
  wordpress: 'WordPress',
  disqus: 'Disqus',
  isso: 'Isso',
  remark42: 'Remark42',
  commento: 'Commento',
  comentario: 'Comentario',
  waline: 'Waline',
  twikoo: 'Twikoo',
  artalk: 'Artalk',
  discourse: 'Discourse',
} as const;
export type ImportSourceKind = keyof typeof IMPORT_NAMES;

/** The name that is given to a commenter without one. */
export const NAMELESS = 'Anonymous';

export function isImportSource(name: string): name is ImportSourceKind {
  return Object.hasOwn(IMPORT_NAMES, name);
}

/**
 * Where a site stands whose pages an export names by paths: `https://blog.example` for every site without a name, or
 * `Name=https://blog.example`. Null for anything else.
 */
export function importSiteIn(given: string): readonly [name: string, url: string] | null {
  const at = given.search(/^https?:\/\/|=https?:\/\//i);
  if (at < 0) return null;
  const url = given.slice(given[at] === '=' ? at + 1 : at);
  return URL.canParse(url) ? [given.slice(0, at), url] : null;
}
