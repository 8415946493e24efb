import type { LiveSocket } from '../../../../libs/client/live-client.ts';

/** Milliseconds for another program of the page to connect; then this one does. */
const OTHERS_WITHIN_MS = 4_000;

declare global {
  interface DocumentEventMap {
    'colloquy:socket': CustomEvent<LiveSocket>;
  }
}

/** Whether the page has a live program of its own. */
export function hasLiveProgram(): boolean {
  const { content = '' } = document.querySelector<HTMLMetaElement>('meta[name=programs]') ?? {};
  return /\/(thread|moderation|audit)-/.test(content);
}

/**
 * The connection for a program that nothing waits for: that of another program where one `isExpected`, since a second would
 * only cost. Its own ends when the page is left, so that a browser can keep the page for the way back, and begins again then.
 */
export async function lateSocket(isExpected: boolean): Promise<LiveSocket> {
  const others = isExpected ? await othersSocket() : null;
  if (others !== null) return others;
  const socket = (await import('./socket.ts')).connect();
  addEventListener('pagehide', () => socket.disconnect());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) socket.connect();
  });
  return socket;
}

function othersSocket(): Promise<LiveSocket | null> {
  return new Promise((resolve) => {
    document.addEventListener('colloquy:socket', ({ detail }) => resolve(detail), { once: true });
    document.dispatchEvent(new Event('colloquy:socket-wanted'));
    setTimeout(() => resolve(null), OTHERS_WITHIN_MS);
  });
}
