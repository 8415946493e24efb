import type { DomainError } from '../../../libs/kernel/index.ts';
import { Document } from './document.tsx';
import { errorWords } from './error-words.ts';
import type { Frame } from './frame.ts';

interface ErrorPageProps {
  readonly frame: Frame;
  readonly refusal: Pick<DomainError, 'code' | 'status' | 'retryAfterSeconds'>;
}

/** An error in words, with what to do about it. */
export function ErrorPage({ frame, refusal }: ErrorPageProps) {
  const { t } = frame.translator;
  const { kind, title, text } = errorWords(refusal, frame.translator);
  const passing = kind === 429 || kind === 503 || kind === 500;
  return (
    <Document frame={frame} title={title}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <div class="buttons">
        {kind === 401 && (
          <a class="button" href={`/sign-in?next=${encodeURIComponent(frame.here)}`}>
            {t('nav.signIn')}
          </a>
        )}
        {refusal.code === 'banned' && (
          <a class="button" href="/appeal">
            {t('appeal.title')}
          </a>
        )}
        {passing && (
          <a class="button" href={frame.here}>
            {t('error.again')}
          </a>
        )}
        {/* Where the words above point to. */}
        <a class="button quiet" href={kind === 404 ? '/archive' : '/'}>
          {t(kind === 404 ? 'nav.archive' : 'error.home')}
        </a>
      </div>
    </Document>
  );
}
