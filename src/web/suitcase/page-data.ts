import type { ReceiptPageData } from '../audit/receipt/page-data.ts';

/** What the page of the search leaves for its program. */
export interface SearchData {
  /** The number of the first text of each file with texts. */
  readonly starts: readonly number[];
  readonly words: Readonly<
    Record<
      | 'none'
      | 'short'
      | 'shown'
      | 'shownNewest'
      | 'cannot'
      | 'nobody'
      | 'nobodyNamed'
      | 'quoteNames'
      | 'post'
      | 'pageOf'
      | 'comment'
      | 'translation'
      | 'nameless',
      string
    >
  >;
}

/** What the page that checks receipts leaves for its program. */
export interface VerifyData extends Pick<ReceiptPageData, 'changes' | 'words'> {
  /** The signed note, which the receipts beside the pages leave out. */
  readonly checkpoint: string;
  readonly missing: string;
  /** Says that no comment was chosen. */
  readonly noneChosen: string;
  /** Says beside a receipt that holds what it does not tell of this copy. */
  readonly notCompared: string;
}
