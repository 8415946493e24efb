import { monthName } from './i18n/moments.ts';
import type { Translator } from './i18n/translate.ts';

/** The posts that a list shows. */
export type PostsOf =
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'month'; readonly month: string };

export function titleOfPosts(of: PostsOf, translator: Translator): string {
  const { t } = translator;
  switch (of.kind) {
    case 'all':
      return t('posts.title');
    case 'tag':
      return t('posts.tagged', { tag: of.tag });
    case 'month':
      return t('archive.month', { month: monthName(of.month, translator) });
    default:
      return of satisfies never;
  }
}
