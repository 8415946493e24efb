import type { Json } from '../kernel/index.ts';

/** The newest notice of one node. */
export interface Notice {
  /** A node is one run of a server: a restart makes another one. */
  readonly node: string;
  readonly notice: Json;
}

/**
 * The nodes' messages to each other about the present: who reads and who writes now. They stand beside the log and are
 * never part of it. Each node's newest notice replaces the one before, and none outlives its node for long. Nothing may
 * depend on a notice arriving.
 */
export interface Notices {
  /**
   * Announces this node's state from now on. Resolves when it was sent; throws StoreUnavailable. `notice` has at most
   * MOST_NOTICE_BYTES as JSON in UTF-8; throws RangeError when it is longer.
   */
  announce(notice: Json): Promise<void>;
  /**
   * The notices of the other nodes, first each node's last one, without this node's own. It survives outages, and ends
   * when the signal aborts, or at once where a forum is never more than one node.
   */
  follow(signal: AbortSignal): AsyncIterable<Notice>;
}

/** Bytes that a notice may have: 64 KiB. */
export const MOST_NOTICE_BYTES = 64 * 1024;

/** The injection token under which the notices are provided. */
export const NOTICES = Symbol('Notices');

/** For a forum of one node, with its log in a file: nobody sends and nobody hears. */
export function noNotices(): Notices {
  return { announce: () => Promise.resolve(), follow: nobody };
}

async function* nobody(): AsyncIterable<Notice> {}
