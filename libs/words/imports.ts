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
