import { ReceiptCheck } from '../audit/receipt/receipt-check.tsx';
import { receiptMessages } from '../audit/receipt/words.ts';
import type { VerifyData } from './page-data.ts';
import { ownHref, VERIFY } from './places.ts';
import { ASSETS, type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** The files for those who check without a browser. */
export const CHECKPOINT_FILE = 'verify/checkpoint';
export const KEY_TEXT = 'verify/key.txt';
export const CHANGES_FILE = 'verify/keys.json';
export const VERIFIER_FILE = 'verify/colloquy-verify.mjs';

/** What vouches for the comments of a suitcase. */
export interface Signed {
  readonly checkpoint: string;
  /** As a note verifier key. */
  readonly key: string;
  /** The notes at which the key was changed. */
  readonly changes: readonly string[];
}

/** Checks a comment's receipt in the browser, without a server; and says how it is done without a browser. */
export function verifyHtml(sheet: Sheet, { checkpoint, key, changes }: Signed): string {
  const { translator } = sheet.frame;
  const { t } = translator;
  const words = receiptMessages(translator);
  const [missing, notCompared] = [t('suitcase.missing'), t('suitcase.notCompared')];
  const noneChosen = t('suitcase.noneChosen');
  const data: VerifyData = { checkpoint, changes, words, missing, noneChosen, notCompared };
  return sheetHtml(
    <SheetPage sheet={sheet} title={t('suitcase.check')} file={VERIFY} script={ASSETS.verify} data={data}>
      <h1>{t('suitcase.check')}</h1>
      <p>{t('suitcase.checkLead')}</p>
      <noscript>
        <p class="notice">{t('suitcase.needsScript')}</p>
      </noscript>
      <p id="about" hidden>
        <a id="about-comment" href={ownHref(VERIFY)}>
          {t('receipt.open')}
        </a>{' '}
        ·{' '}
        <a id="about-file" href={ownHref(VERIFY)} download>
          {t('receipt.download')}
        </a>
      </p>
      <ReceiptCheck translator={translator} logKey={key} keyHint={t('suitcase.keyHint')} />
      <section class="receipt">
        <h2>{t('receipt.limits')}</h2>
        <ul>
          <li>{t('receipt.shows')}</li>
          <li>{t('receipt.sealed')}</li>
          <li>{t('receipt.trust')}</li>
        </ul>
      </section>
      <section class="receipt">
        <h2>{t('receipt.elsewhere')}</h2>
        <p>{t('receipt.elsewhereHint')}</p>
        <pre class="commands" dir="ltr">
          <code>
            {`node ${VERIFIER_FILE} posts/POST/proofs/comment-ID.tlog-proof --key ${KEY_TEXT}${changes.length > 0 ? ` --changes ${CHANGES_FILE}` : ''}`}
          </code>
        </pre>
        <p>
          <a href={ownHref(CHECKPOINT_FILE)} download>
            {t('verify.download')}
          </a>{' '}
          ·{' '}
          <a href={ownHref(KEY_TEXT)} download>
            {t('verify.downloadKey')}
          </a>{' '}
          ·{' '}
          <a href={ownHref(VERIFIER_FILE)} download>
            {t('verify.downloadVerifier')}
          </a>
        </p>
      </section>
    </SheetPage>,
  );
}
