import type { Translator } from '../../shell/i18n/translate.ts';

/** Milliseconds for which a copied address is announced. */
const TOLD_MS = 2_000;

const canShare = (): boolean => typeof navigator.share === 'function';

async function share(link: HTMLAnchorElement, { t }: Translator): Promise<void> {
  const url = link.href;
  // The device's own way of sharing is used; a reader who closes it shares nothing.
  if (canShare()) return navigator.share({ url }).catch(() => undefined);
  await navigator.clipboard.writeText(url);
  const before = link.textContent;
  if (link.firstChild) link.firstChild.nodeValue = t('comment.shared');
  setTimeout(() => {
    if (link.firstChild) link.firstChild.nodeValue = before;
  }, TOLD_MS);
}

/** Shares a comment's address; where the browser can neither share nor copy, the link stays a link. */
export function shareOnPress(translator: Translator): void {
  // Browsers have both on secure pages alone.
  if (!canShare() && !('clipboard' in navigator)) return;
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-action="share"]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    share(link, translator).catch(() => void open(link.href, window === parent ? '_self' : '_blank'));
  });
}
