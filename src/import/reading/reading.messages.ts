import type { NamedPost } from '../recording/new-slugs.ts';
import type { KnownPlace, PageAsked } from '../source/page-naming.ts';
import type { EndOfReading, NextItem, ReadComment } from './reading.ts';

/** To the thread that reads an export. */
export type ToReading =
  | { readonly kind: 'slugs'; readonly slugs: readonly string[] }
  | { readonly kind: 'places'; readonly places: readonly (KnownPlace | null)[] }
  | { readonly kind: 'next' }
  | { readonly kind: 'comments'; readonly item: number }
  | { readonly kind: 'close'; readonly item: number };

/** The messages of the reading thread. Each question of the importing thread is answered once, in the order of asking for one item. */
export type FromReading =
  /** Asks for the addresses of these posts. */
  | { readonly kind: 'named'; readonly posts: readonly NamedPost[] }
  /** Asks for what stands at these pages. */
  | { readonly kind: 'paged'; readonly pages: readonly PageAsked[] }
  | { readonly kind: 'surveyed'; readonly hosts: ReadonlySet<string> }
  | { readonly kind: 'bytes'; readonly bytes: number }
  | { readonly kind: 'next'; readonly next: NextItem | EndOfReading }
  /** Null behind the last batch. */
  | { readonly kind: 'comments'; readonly item: number; readonly batch: readonly ReadComment[] | null }
  | { readonly kind: 'failed'; readonly fault: ToldFault };

/** An error on its way between threads, which leaves what it has of its own behind. */
export interface ToldFault {
  readonly message: string;
  readonly told: Readonly<Record<string, unknown>>;
}

export function toldFault(error: unknown): ToldFault {
  if (!(error instanceof Error)) return { message: String(error), told: {} };
  const { message, name, stack } = error;
  const own = Object.entries(error).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  return { message, told: { ...Object.fromEntries(own), name, stack } };
}

export function faultTold({ message, told }: ToldFault): Error {
  return Object.assign(new Error(message), told);
}
