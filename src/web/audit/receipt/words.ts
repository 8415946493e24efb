import type { Translator } from '../../shell/i18n/translate.ts';
import type { ReceiptPageData } from './page-data.ts';

/** The reader's words for results. `{size}` stays for the program to fill. */
export function receiptMessages({ t }: Translator): ReceiptPageData['words'] {
  return {
    steps: {
      form: { passed: t('receipt.form.passed'), failed: t('receipt.form.failed') },
      subject: {
        passed: t('receipt.subject.passed'),
        failed: t('receipt.subject.failed'),
        withheld: t('receipt.subject.withheld'),
      },
      path: { passed: t('receipt.path.passed'), failed: t('receipt.path.failed') },
      key: { passed: t('receipt.key.passed'), failed: t('receipt.key.failed') },
      signature: {
        passed: t('receipt.signature.passed'),
        failed: t('receipt.signature.failed'),
        unable: t('receipt.signature.unable'),
      },
    },
    verdicts: {
      passed: t('receipt.verdict.passed'),
      failed: t('receipt.verdict.failed'),
      unsure: t('receipt.verdict.unsure'),
    },
    skipped: t('receipt.skipped'),
    insecure: t('receipt.insecure'),
  };
}
