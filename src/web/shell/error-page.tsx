import type { DomainError } from '../../../libs/kernel/index.ts';
import { Document } from './document.tsx';
import { errorWords } from './error-words.ts';
import type { Frame } from './frame.ts';
import { WaysOn } from './ways-on.tsx';

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
        <WaysOn refusal={refusal} next={frame.here} translator={frame.translator} />
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
