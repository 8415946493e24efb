import type { Json } from '../kernel/index.ts';

/** What one node of a forum said last. */
export interface Notice {
  /** A node is one run of a server: started again, it is another. */
  readonly node: string;
  readonly notice: Json;
}

/**
 * What the nodes of one forum tell each other and what is no history: who reads and who writes at the moment. It stands
 * beside the log and is never part of it; each node's newest notice replaces the one before, and none outlives its node
 * for long. Nothing may rest on a notice being heard.
 */
export interface Notices {
  /**
   * Says what holds for this node from now on. Resolves once it was said; throws StoreUnavailable.
   * `notice` is at most MOST_NOTICE_BYTES long as JSON, in UTF-8; throws RangeError when it is longer.
   */
  announce(notice: Json): Promise<void>;
  /**
   * What the other nodes say, beginning with what each said last; this node's own notices are left out. Goes on over
   * outages by itself and ends when the signal aborts, or at once where a forum is never more than one node.
   */
  follow(signal: AbortSignal): AsyncIterable<Notice>;
}

/** Bytes that a notice may have: 64 KiB. */
export const MOST_NOTICE_BYTES = 64 * 1024;

/** The injection token under which the notices are provided. */
export const NOTICES = Symbol('Notices');

/** For a forum that is one node, with its log in a file: there is nobody to tell, and nobody to hear. */
export function noNotices(): Notices {
  return { announce: () => Promise.resolve(), follow: nobody };
}

async function* nobody(): AsyncIterable<Notice> {}
