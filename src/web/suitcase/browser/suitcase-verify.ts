import { parseProof } from '../../../../libs/transparency/proof-file.ts';
import { bringTo, chosenText, heading, line, tell } from '../../audit/browser/told.ts';
import { type Checked, checkReceipt, STEPS } from '../../audit/receipt/browser/check-receipt.ts';
import { readData } from '../../shell/browser/page-data.ts';
import type { VerifyData } from '../page-data.ts';
import { proofsFile } from '../shards.ts';
import { take } from './take.ts';

/** The comment that the address names: `#posts/a-post/index.html/ID`. */
const NAMED = /^#((posts\/[a-z0-9-]+)\/[a-z0-9]+\.html)\/([0-9a-f-]{36})$/;

interface Parts {
  readonly form: HTMLFormElement;
  readonly told: HTMLElement;
  readonly text: HTMLTextAreaElement;
  readonly key: HTMLInputElement;
  readonly file: HTMLInputElement | null;
}

/** Shows the form, and checks at once the receipt of the comment that the address names. */
function start(
  { form, told, text, key, file }: Parts,
  { checkpoint, changes, words, missing, notCompared }: VerifyData,
): void {
  if (!globalThis.crypto?.subtle) {
    tell(told, 'unsure', [line('unable', words.insecure)]);
    form.remove();
    return;
  }
  let round = 0;
  const check = async (): Promise<void> => {
    round += 1;
    const own = round;
    const named = namedComment();
    const commentId = named?.id ?? commentIn(text.value);
    const checked = await checkReceipt({ text: text.value, key: key.value.trim(), changes, commentId });
    if (own === round) show(told, { checked, commentId }, { ...words, notCompared });
  };
  const checkAsAsked = (): void => void check().then(() => bringTo(told));
  const begin = async (): Promise<void> => {
    const named = namedComment();
    showPlaces(named);
    if (named === null) return;
    const proofs = await take(proofsFile(named.page)).catch(() => ({}));
    const proof: unknown = Object(proofs)[named.id];
    if (typeof proof !== 'string') return tell(told, 'unsure', [line('unable', missing)]);
    text.value = proof + checkpoint;
    await check();
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    checkAsAsked();
  });
  chosenText(file, (contents) => {
    text.value = contents;
    history.replaceState(null, '', location.pathname);
    showPlaces(null);
    checkAsAsked();
  });
  addEventListener('hashchange', () => void begin());
  void begin();
}

interface Named {
  readonly page: string;
  readonly folder: string;
  readonly id: string;
}

function namedComment(): Named | null {
  const [, page, folder, id] = NAMED.exec(location.hash) ?? [];
  return page === undefined || folder === undefined || id === undefined ? null : { page, folder, id };
}

/** The way to the comment in its discussion, and its receipt as a file. */
function showPlaces(named: Named | null): void {
  const about = document.getElementById('about');
  if (about) about.hidden = named === null;
  if (named === null) return;
  document.getElementById('about-comment')?.setAttribute('href', `${named.page}#comment-${named.id}`);
  document.getElementById('about-file')?.setAttribute('href', `${named.folder}/proofs/comment-${named.id}.tlog-proof`);
}

/** The comment that a receipt names itself, where none was chosen; it is told in the result. */
function commentIn(receipt: string): string {
  try {
    const { extra } = parseProof(`${receipt.replaceAll('\r\n', '\n').trim()}\n`);
    const event: unknown = JSON.parse(new TextDecoder().decode(extra));
    const stream: unknown = Object(event).stream;
    return typeof stream === 'string' ? stream.replace(/^comment-/, '') : '';
  } catch {
    return '';
  }
}

function show(
  told: HTMLElement,
  { checked: { outcomes, verdict, size }, commentId }: { readonly checked: Checked; readonly commentId: string },
  words: VerifyData['words'] & Pick<VerifyData, 'notCompared'>,
): void {
  const lines = STEPS.flatMap((step) => {
    const outcome = outcomes[step];
    if (outcome === 'skipped') return [];
    const text = words.steps[step][outcome] ?? '';
    const told = text.replace('{size}', size === null ? '' : String(size));
    return [line(outcome, step === 'subject' && commentId !== '' ? `${told} (${commentId})` : told)];
  });
  if (Object.values(outcomes).includes('skipped')) lines.push(line('skipped', words.skipped));
  if (verdict !== 'failed') lines.push(line('unable', words.notCompared));
  tell(told, verdict, [heading(words.verdicts[verdict]), ...lines]);
}

const data = readData<VerifyData>('page-data');
const section = document.getElementById('receipt-check');
if (section) section.hidden = false;
const [form, told] = [section?.querySelector('form'), section?.querySelector<HTMLElement>('[data-result]')];
const [text, key] = [section?.querySelector('textarea'), section?.querySelector<HTMLInputElement>('#receipt-key')];
const file = section?.querySelector<HTMLInputElement>('#receipt-file') ?? null;
if (data && form && told && text && key) start({ form, told, text, key, file }, data);
