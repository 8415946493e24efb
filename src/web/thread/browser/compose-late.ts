import type { ThreadClient } from '../../../../libs/client/thread-client.ts';
import { kept } from '../../shell/browser/kept.ts';
import { takeKeys } from './held-keys.ts';
import type { ThreadParts } from './thread-view.ts';

const EVENTS = ['focusin', 'selectionchange', 'dragenter'] as const;

/**
 * Loads the helps for writing when somebody begins to write, selects what may be quoted, or drags what may be a picture,
 * and where a text waits or stands already.
 */
export function composeLate(parts: ThreadParts, rest: ThreadClient): void {
  const waits = kept('colloquy:typed', 'sessionStorage') ?? document.querySelector('.composer textarea:valid');
  const look = (event?: Event): void => {
    const isWriting = document.activeElement?.matches('.composer textarea');
    if (!waits && event?.type !== 'dragenter' && !isWriting && getSelection()?.isCollapsed !== false) return;
    for (const event of EVENTS) document.removeEventListener(event, look);
    import('./composing/composing.ts').then(({ compose }) => compose(parts, rest, takeKeys)).catch(takeKeys);
  };
  for (const event of EVENTS) document.addEventListener(event, look);
  look();
}
