import type { ImportSourceKind } from '../../../libs/words/index.ts';
import type { ReadExport } from './told.ts';

/** Systems whose exports tell comments and the pages that they stand under. */
export type PagesKind = Exclude<ImportSourceKind, 'wordpress'>;

/** Only the called system's reader is loaded. */
export const READERS: Readonly<Record<PagesKind, () => Promise<ReadExport>>> = {
  disqus: async () => (await import('../systems/disqus/disqus.ts')).readDisqus,
  isso: async () => (await import('../systems/isso.ts')).readIsso,
  remark42: async () => (await import('../systems/remark42.ts')).readRemark42,
  commento: async () => (await import('../systems/commento.ts')).readCommento,
  comentario: async () => (await import('../systems/comentario.ts')).readComentario,
  waline: async () => (await import('../systems/waline.ts')).readWaline,
  twikoo: async () => (await import('../systems/twikoo.ts')).readTwikoo,
  artalk: async () => (await import('../systems/artalk.ts')).readArtalk,
  discourse: async () => (await import('../systems/discourse.ts')).readDiscourse,
};
