import { wordsOf } from '../../../shell/browser/writing/compose-words.ts';
import { minutesToEdit } from '../../parts/edit-time.ts';
import type { ThreadParts } from '../thread-view.ts';

/** Milliseconds between two looks at the clock. */
const EVERY_MS = 10_000;
const STYLES = `
.action[data-left]::after { content: ' · ' attr(data-left); color: var(--quiet); font-weight: 400; }
.action[data-left='']:not([aria-expanded='true']) { display: none; }`;

/**
 * Tells at each own comment for how long it can be edited. The time is the server's, counted on by the browser's clock of
 * this page alone, so that a device whose clock is wrong tells the same.
 */
export async function tellEditTime({ page, view, translator }: ThreadParts, windowMinutes: number): Promise<void> {
  const { t } = await wordsOf(translator);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const tell = (): void => {
    const now = page.now + performance.now();
    for (const { id, author, createdAt } of view.now().comments) {
      if (author?.id !== page.viewer?.memberId) continue;
      const link = document.querySelector<HTMLElement>(`#comment-${CSS.escape(id)} > article [data-action="edit"]`);
      if (link === null) continue;
      const count = minutesToEdit(createdAt, windowMinutes, now);
      const left = count === 0 ? '' : t('compose.editLeft', { count });
      if (link.dataset['left'] !== left) link.dataset['left'] = left;
    }
  };
  tell();
  view.subscribe(() => requestAnimationFrame(tell));
  setInterval(tell, EVERY_MS);
}
