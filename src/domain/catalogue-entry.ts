import type { Fact } from '../../libs/kernel/index.ts';

/** One stored type and version: where it stands, what it says, and what each of its fields means. */
export interface CatalogueEntry<F extends Fact = Fact> {
  readonly stream: string;
  readonly sentence: string;
  readonly data: { readonly [Field in keyof F['data']]-?: string };
  /** Sealed with the stream's key: gone for ever once that is destroyed. Null for a type without personal data. */
  readonly personal: F['personal'] extends null
    ? null
    : { readonly [Field in keyof NonNullable<F['personal']>]-?: string };
}

/** All stored types of one kind of stream: the compiler refuses one that is missing, and each field that is. */
export type Catalogue<F extends Fact> = {
  readonly [Type in F['type']]: CatalogueEntry<Extract<F, { readonly type: Type }>>;
};

/** Versions that are no longer written. `readAs` is the next version, which the upcaster makes of this one. */
export type OldCatalogue<F extends Fact, Newest extends Fact> = {
  readonly [Type in F['type']]: CatalogueEntry<Extract<F, { readonly type: Type }>> & {
    readonly readAs: Newest['type'] | F['type'];
  };
};

/** The words of a list in a sentence: "`granted` or `refused`". */
export function anyOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}

export const COMMENT_STREAM = 'comment-<commentId>';

/** The meanings of fields that events of several kinds of streams share. */
export const MEANING = {
  comment: 'The comment.',
  post: 'The post.',
  discussedPost: 'The post that is discussed.',
  member: 'The member.',
  source: 'Where it was imported from (kind, site, id there), or null when it was made here.',
  lostName: 'The stream of the reservation.',
};
