import type { DomainError } from '../../../libs/kernel/index.ts';
import type { Translator } from './i18n/translate.ts';

interface WaysOnProps {
  readonly refusal: Pick<DomainError, 'code' | 'status'>;
  /** Where whoever signs in comes back to. */
  readonly next: string;
  readonly translator: Translator;
}

/** What somebody who was refused can do about it: sign in, or appeal. */
export function WaysOn({ refusal, next, translator: { t } }: WaysOnProps) {
  return (
    <>
      {refusal.status === 401 && (
        <a class="button" href={`/sign-in?next=${encodeURIComponent(next)}`}>
          {t('nav.signIn')}
        </a>
      )}
      {refusal.code === 'banned' && (
        <a class="button" href="/appeal">
          {t('appeal.title')}
        </a>
      )}
    </>
  );
}
