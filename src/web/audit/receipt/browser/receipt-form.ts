import { bringTo, chosenText, heading, line, tell } from '../../browser/told.ts';
import type { ReceiptPageData } from '../page-data.ts';
import { type Checked, checkReceipt, STEPS } from './check-receipt.ts';

type Line = ReturnType<typeof line>;

export interface ReceiptForm {
  readonly form: HTMLFormElement;
  readonly told: HTMLElement;
  readonly text: HTMLTextAreaElement;
  readonly key: HTMLInputElement;
  readonly file: HTMLInputElement | null;
}

/** The form that checks receipts, which is shown now; null where the page has none. */
export function receiptForm(): ReceiptForm | null {
  const section = document.getElementById('receipt-check');
  const [form, told] = [section?.querySelector('form'), section?.querySelector<HTMLElement>('[data-result]')];
  const [text, key] = [section?.querySelector('textarea'), section?.querySelector<HTMLInputElement>('#receipt-key')];
  if (!section || !form || !told || !text || !key) return null;
  section.hidden = false;
  return { form, told, text, key, file: section.querySelector<HTMLInputElement>('#receipt-file') };
}

interface Wish extends Pick<ReceiptPageData, 'changes' | 'words'> {
  /** The comment that the receipt should be about. */
  readonly commentId: () => string;
  /** A file was chosen in place of what stood in the form. */
  readonly onFile?: () => void;
  readonly linesOf: (checked: Checked, commentId: string) => readonly Line[];
}

/**
 * Checks what stands in the form when the reader asks, and when the program does, by what is given back; null where the
 * browser cannot, which is told. Of two checks at once the later one is shown.
 */
export function receiptChecks(
  { form, told, text, key, file }: ReceiptForm,
  { changes, words, commentId, onFile, linesOf }: Wish,
): (() => Promise<void>) | null {
  if (!globalThis.crypto?.subtle) {
    tell(told, 'unsure', [line('unable', words.insecure)]);
    form.remove();
    return null;
  }
  let round = 0;
  const check = async (): Promise<void> => {
    round += 1;
    const own = round;
    const about = commentId();
    const checked = await checkReceipt({ text: text.value, key: key.value.trim(), changes, commentId: about });
    if (own === round)
      tell(told, checked.verdict, [heading(words.verdicts[checked.verdict]), ...linesOf(checked, about)]);
  };
  const checkAsAsked = (): void => void check().then(() => bringTo(told));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    checkAsAsked();
  });
  chosenText(file, (contents) => {
    text.value = contents;
    onFile?.();
    checkAsAsked();
  });
  return check;
}

/** What each step found; `named` is told beside the step that compares the comment. */
export function stepLines({ outcomes, size }: Checked, words: ReceiptPageData['words'], named = ''): readonly Line[] {
  const lines = STEPS.flatMap((step) => {
    const outcome = outcomes[step];
    if (outcome === 'skipped') return [];
    const found = (words.steps[step][outcome] ?? '').replace('{size}', size === null ? '' : String(size));
    return [line(outcome, step === 'subject' && named !== '' ? `${found} (${named})` : found)];
  });
  return Object.values(outcomes).includes('skipped') ? [...lines, line('skipped', words.skipped)] : lines;
}
