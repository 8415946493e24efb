import type { Translator } from '../../shell/i18n/translate.ts';
import type { VerifyWords } from './page-data.ts';

/** The reader's words for results. `{kept}` and `{size}` stay for the program to fill. */
export function verifyWords({ t }: Translator): VerifyWords {
  return {
    steps: {
      form: { passed: t('verify.form.passed'), failed: t('verify.form.failed') },
      key: { passed: t('receipt.key.passed'), failed: t('receipt.key.failed') },
      signature: { passed: t('verify.signature.passed'), failed: t('receipt.signature.failed') },
      newest: { passed: t('verify.newest.passed'), failed: t('verify.newest.failed') },
      beginning: { passed: t('verify.beginning.passed'), failed: t('verify.beginning.failed') },
    },
    unable: t('receipt.signature.unable'),
    skipped: t('receipt.skipped'),
    verdicts: {
      passed: t('verify.verdict.passed'),
      failed: t('verify.verdict.failed'),
      uncheckable: t('verify.verdict.uncheckable'),
      unsure: t('verify.verdict.unsure'),
    },
    insecure: t('receipt.insecure'),
    unreachable: t('verify.unreachable'),
  };
}

/** Fills figures into the places that the words leave for them. */
export function filled(text: string, figures: { readonly kept: number | null; readonly size: number }): string {
  return text.replace('{kept}', String(figures.kept ?? '')).replace('{size}', String(figures.size));
}
