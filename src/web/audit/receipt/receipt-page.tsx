import type { Receipt } from '../../../acts/proving/proving.ts';
import { Document } from '../../shell/document.tsx';
import type { Frame } from '../../shell/frame.ts';
import { exactTime } from '../../shell/i18n/moments.ts';
import { FactLine } from '../fact.tsx';
import type { ReceiptPageData } from './page-data.ts';
import { ReceiptCheck } from './receipt-check.tsx';
import { receiptMessages } from './words.ts';

interface ReceiptPageProps {
  readonly frame: Frame;
  readonly commentId: string;
  readonly receipt: Receipt;
  /** The revision asked for, which the file's address keeps; null for the newest text. */
  readonly revision: number | null;
  /** The present note verifier key. */
  readonly logKey: string;
  /** Checkpoints at which the key was changed. */
  readonly changes: readonly string[];
  /** Base64. */
  readonly leaf: string;
  /** The forum's address, for commands. */
  readonly origin: string;
}

function Facts({ frame, commentId, receipt, logKey, leaf }: ReceiptPageProps) {
  const { translator } = frame;
  const { t, number } = translator;
  const { index, size } = receipt.proof;
  return (
    <dl class="facts">
      <FactLine name={t('receipt.comment')}>
        <a href={`/comments/${commentId}`}>{t('receipt.open')}</a>
        {' · '}
        <a href={`/comments/${commentId}/history`}>{t('history.title')}</a>
      </FactLine>
      <FactLine name={t('receipt.recorded')}>
        <time dateTime={receipt.recordedAt}>{exactTime(receipt.recordedAt, { translator, isLocal: false })}</time>
      </FactLine>
      <FactLine name={t('receipt.place')}>
        {t('receipt.placeOf', { index: number(index + 1), size: number(size), position: String(receipt.position) })}
      </FactLine>
      <FactLine name={t('receipt.leaf')}>
        <code>{leaf}</code>
      </FactLine>
      <FactLine name={t('receipt.logKey')}>
        <code>{logKey}</code>
      </FactLine>
    </dl>
  );
}

/** A receipt for one text of a comment: its contents, its file, and how to check it here and elsewhere. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { frame, commentId, receipt, revision, logKey, origin } = props;
  const { t } = frame.translator;
  const wish = revision === null ? '' : `?revision=${revision}`;
  const file = `/api/v1/comments/${commentId}/receipt${wish}`;
  const data: ReceiptPageData = { commentId, changes: props.changes, words: receiptMessages(frame.translator) };
  return (
    <Document frame={frame} title={t('receipt.title')} scripts={['receipt.js']} data={data}>
      <h1>{t('receipt.title')}</h1>
      <p>{t('receipt.lead')}</p>
      {receipt.line === null && <p class="saved">{t('receipt.withheld')}</p>}
      <Facts {...props} />
      <p>
        <a class="button" href={file} download>
          {t('receipt.download')}
        </a>
      </p>
      <ReceiptCheck
        translator={frame.translator}
        logKey={logKey}
        receipt={receipt.file}
        hint={t('receipt.checkHint')}
      />
      <section class="receipt">
        <h2>{t('receipt.limits')}</h2>
        <ul>
          <li>{t('receipt.shows')}</li>
          <li>{t(receipt.sealVersion === 1 ? 'receipt.sealed1' : 'receipt.sealed')}</li>
          <li>{t('receipt.trust')}</li>
        </ul>
      </section>
      <section class="receipt">
        <h2>{t('receipt.elsewhere')}</h2>
        <p>{t('receipt.elsewhereHint')}</p>
        <pre class="commands" dir="ltr">
          <code>
            {[
              `curl -f -o comment-${commentId}.tlog-proof '${origin}${file}'`,
              `curl -f -o colloquy-verify.mjs '${origin}/audit/verifier.mjs'`,
              `node colloquy-verify.mjs comment-${commentId}.tlog-proof --key '${logKey}'`,
            ].join('\n')}
          </code>
        </pre>
      </section>
    </Document>
  );
}
