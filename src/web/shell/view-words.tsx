import type { MessageKey, Translator } from './i18n/translate.ts';

/** What each view is for, in words. */
const VIEWS = {
  erasures: 'view.erasures',
  guests: 'view.guests',
  images: 'view.images',
  invitations: 'view.invitations',
  mails: 'view.mails',
  members: 'view.members',
  'moderation-log': 'view.moderation-log',
  'moderation-queue': 'view.moderation-queue',
  notifications: 'view.notifications',
  publishing: 'view.publishing',
  push: 'view.push',
  'post-list': 'view.post-list',
  sanctions: 'view.sanctions',
  search: 'view.search',
  shelf: 'view.shelf',
  previews: 'view.previews',
  site: 'view.site',
  thread: 'view.thread',
  'translation-reports': 'view.translation-reports',
  translations: 'view.translations',
  'ways-in': 'view.ways-in',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** Null for a view that the pages have no words for. */
export function viewWords(name: string): MessageKey | null {
  return isKnown(name) ? VIEWS[name] : null;
}

function isKnown(name: string): name is keyof typeof VIEWS {
  return Object.hasOwn(VIEWS, name);
}

/** A sentence on what a view is for, beside its name. */
export function ViewWords({ name, translator }: { readonly name: string; readonly translator: Translator }) {
  const words = viewWords(name);
  return words && <span class="hint">{translator.t(words)}</span>;
}
