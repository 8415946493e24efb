import type { DomainError } from '../../../libs/kernel/index.ts';
import { TooLarge } from '../../access/too-large.ts';
import type { Translator } from './i18n/translate.ts';
import { toldSize } from './told-size.ts';

/** Statuses with words of their own; others use those of their class. */
const SPOKEN = [400, 401, 403, 404, 413, 429, 500, 503] as const;
type Spoken = (typeof SPOKEN)[number];

/** Until a refused reader tries again, where nothing says how long, in seconds. */
const USUAL_WAIT = 5;

/** A refusal that a whole page tells, in the reader's language. */
export function errorWords(
  refusal: Pick<DomainError, 'code' | 'status' | 'retryAfterSeconds'>,
  { t, number }: Translator,
): { readonly kind: Spoken; readonly title: string; readonly text: string } {
  const { code, status, retryAfterSeconds = USUAL_WAIT } = refusal;
  const kind = SPOKEN.find((known) => known === status) ?? (status >= 500 ? 500 : 400);
  if (code === 'read_only') return { kind, title: t('error.titleReadOnly'), text: t('error.read_only') };
  if (code === 'someone_else') return { kind, title: t('error.titleElse'), text: t('error.someone_else') };
  if (refusal instanceof TooLarge) {
    const most = t('error.most413', { most: toldSize(refusal.mostBytes, { number }) });
    return { kind, title: t('error.title413'), text: `${t('error.text413')} ${most}` };
  }
  const text =
    code === 'banned' || code === 'holds_roles'
      ? t(`error.${code}`)
      : t(`error.text${kind}`, { count: retryAfterSeconds });
  return { kind, title: t(`error.title${kind}`), text };
}
