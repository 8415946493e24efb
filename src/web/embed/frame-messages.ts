/** Marks the messages between a frame and the page around it, among those of others. */
export const MARK = 'colloquy';

/** What the frame tells the page around it. */
export type FromFrame =
  /** Without a discussion the count is null. */
  | { readonly kind: 'height'; readonly height: number; readonly count: number | null }
  | { readonly kind: 'comment'; readonly count: number }
  /** The page's own token signed nobody in: it is no good, or the reader had signed in in the frame before. */
  | { readonly kind: 'refused'; readonly reason: 'sso' | 'session' }
  /** Where a comment stands that the page's address names, in pixels from the frame's top. */
  | { readonly kind: 'place'; readonly top: number };

/** What the page around a frame tells it. */
export type ToFrame =
  | { readonly kind: 'hello'; readonly comment: string | null }
  | { readonly kind: 'theme'; readonly theme: string }
  /** A token of the page around the frame, by which its reader is signed in; empty where nobody is signed in there. */
  | { readonly kind: 'sso'; readonly token: string };

/** What opens a session for a frame, once. */
export interface HandedOver {
  readonly code: string;
  /** Of the frame that asked. */
  readonly challenge: string;
}

/** The answer to a banned member for whom a session is asked, in the frame's language. */
export interface ToldBan {
  readonly code: 'banned';
  readonly reason: string;
  /** What the way to appeal is called. */
  readonly appeal: string;
}
