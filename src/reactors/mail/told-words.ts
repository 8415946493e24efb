import type { NotificationKind } from '../../../libs/words/index.ts';
import type { Telling } from '../../views/notifications/notifications.query-types.ts';
import { languageInWords, type Words } from './words.ts';

/** The kinds that tell of others' comments. */
export const ANSWERED: ReadonlySet<string> = new Set<NotificationKind>(['reply', 'mention', 'followed']);

/** Where the member finds it, as a path of the forum. */
export function toldPathOf({ kind, outcome, post, comment }: Telling): string {
  if (kind === 'queue') return '/moderation/queue';
  if (kind === 'sanction' || outcome === 'granted' || outcome === 'refused') return '/settings#sanctions';
  if (outcome === 'roles') return '/settings';
  if (post === null) return '/notifications';
  if (outcome === 'translation-removed' || outcome === 'translation-kept') {
    return `${comment === null ? `/posts/${post.slug}` : `/comments/${comment.id}`}/translations`;
  }
  return comment === null ? `/posts/${post.slug}` : `/posts/${post.slug}#comment-${comment.id}`;
}

/** The whole address: what others wrote below a page of another site is read there. */
export function toldAddressOf(telling: Telling, publicUrl: string): string {
  const { kind, pageUrl, comment } = telling;
  if (pageUrl === null || comment === null || !ANSWERED.has(kind)) return publicUrl + toldPathOf(telling);
  const page = new URL(pageUrl);
  page.hash = `comment-${comment.id}`;
  return page.href;
}

/** It in one sentence. */
export function sentenceOf(telling: Telling, words: Words): string {
  const { kind, outcome, post, comment } = telling;
  const { t } = words;
  const told = {
    name: comment?.author?.displayName ?? t('told.somebody'),
    post: post?.title ?? t('told.someDiscussion'),
  };
  switch (kind) {
    case 'reply':
      return t('told.reply', told);
    case 'mention':
      return t('told.mention', told);
    case 'followed':
      return t('told.followed', told);
    case 'decision':
      if (outcome === 'visible') return t('told.decision.visible', told);
      if (outcome === 'held') return t('told.decision.held', told);
      if (outcome === 'accepted') return t('told.decision.accepted', told);
      if (outcome === 'roles') return t('told.decision.roles');
      if (outcome === 'translation-removed') return removalSentence(telling, words);
      if (outcome === 'erased') return t('told.decision.erased', told);
      return t(outcome === 'rejected' ? 'told.decision.rejected' : 'told.decision.removed', told);
    case 'sanction':
      return t(outcome === 'lifted' ? 'told.sanction.lifted' : 'told.sanction');
    case 'answer':
      if (outcome === 'granted') return t('told.answer.granted');
      if (outcome === 'refused') return t('told.answer.refused');
      if (outcome === 'translation-kept') return t('told.answer.translationKept', told);
      if (outcome === 'translation-removed') return t('told.answer.translationGone', told);
      return t(outcome === 'visible' ? 'told.answer.visible' : 'told.answer.gone', told);
    case 'queue':
      return t('told.queue');
    default:
      return kind satisfies never;
  }
}

/** Of a translation that is erased nothing tells the language any more. */
function removalSentence({ post, comment, translation }: Telling, words: Words): string {
  const { t, locale } = words;
  const told = { post: post?.title ?? t('told.someDiscussion') };
  if (translation === undefined) return t('told.decision.translation', told);
  const key = comment === null ? 'told.decision.postTranslation' : 'told.decision.commentTranslation';
  return t(key, { ...told, language: languageInWords(locale, translation.language) });
}
