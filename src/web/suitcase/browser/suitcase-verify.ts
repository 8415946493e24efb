import { parseProof } from '../../../../libs/transparency/proof-file.ts';
import { line, tell } from '../../audit/browser/told.ts';
import { type ReceiptForm, receiptChecks, receiptForm, stepLines } from '../../audit/receipt/browser/receipt-form.ts';
import { readData } from '../../shell/browser/page-data.ts';
import type { VerifyData } from '../page-data.ts';
import { proofsFile } from '../shards.ts';
import { take } from './take.ts';

/** The comment that the address names: `#posts/a-post/index.html/ID`. */
const NAMED = /^#((posts\/[a-z0-9-]+)\/[a-z0-9]+\.html)\/([0-9a-f-]{36})$/;

/** Shows the form, and checks at once the receipt of the comment that the address names. */
function start(form: ReceiptForm, given: VerifyData): void {
  const { text, told } = form;
  const { checkpoint, changes, words, missing, noneChosen, notCompared } = given;
  const check = receiptChecks(form, {
    changes,
    words,
    commentId: () => namedComment()?.id ?? commentIn(text.value),
    onFile: () => {
      history.replaceState(null, '', location.pathname);
      showPlaces(null);
    },
    linesOf: (checked, commentId) => [
      ...stepLines(checked, words, commentId),
      ...(checked.verdict === 'failed' ? [] : [line('unable', notCompared)]),
    ],
  });
  if (check === null) return;
  const begin = async (): Promise<void> => {
    const named = namedComment();
    showPlaces(named);
    if (named === null) {
      if (text.value === '') tell(told, 'unsure', [line('unable', noneChosen)]);
      return;
    }
    const proofs = await take(proofsFile(named.page)).catch(() => ({}));
    const proof: unknown = Object(proofs)[named.id];
    if (typeof proof !== 'string') return tell(told, 'unsure', [line('unable', missing)]);
    text.value = proof + checkpoint;
    await check();
  };
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

const data = readData<VerifyData>('page-data');
const form = data && receiptForm();
if (data && form) start(form, data);
