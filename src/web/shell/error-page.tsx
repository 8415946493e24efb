import { Document } from './document.tsx';
import type { Frame } from './frame.ts';

/** Statuses with words of their own; others use those of their class. */
const SPOKEN = [400, 401, 403, 404, 429, 500, 503] as const;
type Spoken = (typeof SPOKEN)[number];

function spoken(status: number): Spoken {
  return SPOKEN.find((known) => known === status) ?? (status >= 500 ? 500 : 400);
}

interface ErrorPageProps {
  readonly frame: Frame;
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly isBanned: boolean;
  /** The forum takes no writes. */
  readonly isReadOnly: boolean;
}

/** An error in words, with what to do about it. */
export function ErrorPage({ frame, status, retryAfterSeconds = 5, isBanned, isReadOnly }: ErrorPageProps) {
  const { t } = frame.translator;
  const kind = spoken(status);
  const passing = kind === 429 || kind === 503 || kind === 500;
  const title = isReadOnly ? t('error.titleReadOnly') : t(`error.title${kind}`);
  const said = isReadOnly ? t('error.read_only') : t(`error.text${kind}`, { count: retryAfterSeconds });
  const text = isBanned ? t('error.banned') : said;
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
        {isBanned && (
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
