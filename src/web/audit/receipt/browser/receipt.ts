import { readData } from '../../../shell/browser/page-data.ts';
import type { ReceiptPageData } from '../page-data.ts';
import { receiptChecks, receiptForm, stepLines } from './receipt-form.ts';

/** Shows the form that checks receipts, and checks the one that the page is about at once. */
const data = readData<ReceiptPageData>('page-data');
const form = data && receiptForm();
if (data && form) {
  const { changes, words, commentId } = data;
  const linesOf = (checked: Parameters<typeof stepLines>[0]) => stepLines(checked, words);
  void receiptChecks(form, { changes, words, commentId: () => commentId, linesOf })?.();
}
