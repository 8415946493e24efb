import type { Notification } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { languageName } from '../shell/i18n/language-names.ts';
import type { MessageKey, Translator } from '../shell/i18n/translate.ts';

/** What happened, in one sentence. */
export function toldWords(told: Notification, translator: Translator): string {
  const { kind, outcome, post, comment, translation } = told;
  const { t } = translator;
  if (translation !== undefined) return removalWords({ ...told, translation }, translator);
  const name = comment === null ? t('told.somebody') : (comment.author?.displayName ?? t('comment.nameless'));
  return t(keyOf(kind, outcome), { name, post: post?.title ?? t('told.someDiscussion') });
}

/** That a moderator removed the reader's translation: into which language, and of what. */
function removalWords(
  { post, comment, translation }: Notification & Required<Pick<Notification, 'translation'>>,
  translator: Translator,
): string {
  return translator.t(comment === null ? 'told.decision.postTranslation' : 'told.decision.commentTranslation', {
    post: post?.title ?? translator.t('told.someDiscussion'),
    language: languageName(translation.language, translator),
  });
}

/** Where it leads. */
export function toldPath({ kind, outcome, post, comment }: Notification): string {
  if (kind === 'queue') return '/moderation/queue';
  if (outcome === 'roles') return '/settings';
  if (kind === 'sanction' || outcome === 'granted' || outcome === 'refused') return '/settings#sanctions';
  if (post === null) return '/notifications';
  if (isOfTranslation(outcome)) return `${comment === null ? postHref(post) : `/comments/${comment.id}`}/translations`;
  return comment === null ? postHref(post) : `${postHref(post)}#comment-${comment.id}`;
}

function keyOf(kind: Notification['kind'], outcome: string | null): MessageKey {
  switch (kind) {
    case 'reply':
      return 'told.reply';
    case 'mention':
      return 'told.mention';
    case 'followed':
      return 'told.followed';
    case 'decision':
      return decisionKey(outcome);
    case 'sanction':
      return outcome === 'lifted' ? 'told.sanction.lifted' : 'told.sanction';
    case 'answer':
      return answerKey(outcome);
    case 'queue':
      return 'told.queue';
    default:
      return kind satisfies never;
  }
}

function isOfTranslation(outcome: string | null): boolean {
  return outcome === 'translation-removed' || outcome === 'translation-kept';
}

function decisionKey(outcome: string | null): MessageKey {
  if (outcome === 'visible') return 'told.decision.visible';
  if (outcome === 'held') return 'told.decision.held';
  if (outcome === 'accepted') return 'told.decision.accepted';
  if (outcome === 'erased') return 'told.decision.erased';
  if (outcome === 'roles') return 'told.decision.roles';
  if (outcome === 'translation-removed') return 'told.decision.translation';
  return outcome === 'rejected' ? 'told.decision.rejected' : 'told.decision.removed';
}

function answerKey(outcome: string | null): MessageKey {
  if (outcome === 'granted') return 'told.answer.granted';
  if (outcome === 'refused') return 'told.answer.refused';
  if (outcome === 'translation-kept') return 'told.answer.translationKept';
  if (outcome === 'translation-removed') return 'told.answer.translationGone';
  return outcome === 'visible' ? 'told.answer.visible' : 'told.answer.gone';
}
