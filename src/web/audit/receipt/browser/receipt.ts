import { readData } from '../../../shell/browser/page-data.ts';
import { bringTo, chosenText, heading, line, tell } from '../../browser/told.ts';
import type { ReceiptPageData } from '../page-data.ts';
import { type Checked, checkReceipt, STEPS } from './check-receipt.ts';

/** Shows the form that checks receipts, and checks the one that the page is about at once. */
function start(section: HTMLElement, { commentId, changes, words }: ReceiptPageData): void {
  const [form, told] = [section.querySelector('form'), section.querySelector<HTMLElement>('[data-result]')];
  const [text, key] = [section.querySelector('textarea'), section.querySelector<HTMLInputElement>('#receipt-key')];
  if (!form || !told || !text || !key) return;
  section.hidden = false;
  if (!globalThis.crypto?.subtle) {
    tell(told, 'unsure', [line('unable', words.insecure)]);
    form.remove();
    return;
  }
  let round = 0;
  const check = async (): Promise<void> => {
    round += 1;
    const own = round;
    const checked = await checkReceipt({ text: text.value, key: key.value, changes, commentId });
    if (own === round) show(told, checked, words);
  };
  const checkAsAsked = (): Promise<void> => check().then(() => bringTo(told));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void checkAsAsked();
  });
  chosenText(section.querySelector<HTMLInputElement>('#receipt-file'), (contents) => {
    text.value = contents;
    void checkAsAsked();
  });
  void check();
}

function show(told: HTMLElement, { outcomes, verdict, size }: Checked, words: ReceiptPageData['words']): void {
  const lines = STEPS.flatMap((step) => {
    const outcome = outcomes[step];
    if (outcome === 'skipped') return [];
    const text = words.steps[step][outcome] ?? '';
    return [line(outcome, text.replace('{size}', size === null ? '' : String(size)))];
  });
  if (Object.values(outcomes).includes('skipped')) lines.push(line('skipped', words.skipped));
  tell(told, verdict, [heading(words.verdicts[verdict]), ...lines]);
}

const section = document.getElementById('receipt-check');
const data = readData<ReceiptPageData>('page-data');
if (section && data) start(section, data);
