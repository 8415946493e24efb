import type { MessageKey, Messages, Translator } from '../../i18n/translate.ts';
import { translator } from '../../i18n/translate.ts';

/** The words of the helps for writing. */
export type ComposeWords = (key: Extract<MessageKey, `compose.${string}`>) => string;

/** The messages of the bundle are those of the composer alone: see scripts/build-web.mjs. */
const FILES: Readonly<Record<string, () => Promise<{ readonly default: Messages }>>> = {
  en: () => import('../../messages/en.json', { with: { type: 'json' } }),
  km: () => import('../../messages/km.json', { with: { type: 'json' } }),
  lo: () => import('../../messages/lo.json', { with: { type: 'json' } }),
  my: () => import('../../messages/my.json', { with: { type: 'json' } }),
  th: () => import('../../messages/th.json', { with: { type: 'json' } }),
  vi: () => import('../../messages/vi.json', { with: { type: 'json' } }),
  zh: () => import('../../messages/zh.json', { with: { type: 'json' } }),
};

/** Loaded with the composer, so that pages are not heavier for words that few readers need. */
export async function wordsOf({ locale }: Pick<Translator, 'locale'>): Promise<Translator> {
  const { default: messages } = (await (FILES[locale] ?? FILES['en'])?.()) ?? { default: {} };
  return translator(locale, messages);
}
