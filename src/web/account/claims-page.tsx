import type { ClaimableOf } from '../../../libs/client/index.ts';
import { IMPORT_NAMES } from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

/** The names of the systems that imports bring comments from. */
const SOURCES: Readonly<Record<string, string>> = IMPORT_NAMES;

interface ClaimsPageProps {
  readonly frame: Frame;
  readonly claimable: readonly ClaimableOf[];
  readonly done: DoneAct | null;
}

/** What was written with the member's address before the account was there, and the one button. */
export function ClaimsPage({ frame, claimable, done }: ClaimsPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('claims.title')} styles={['account.css']}>
      <div class="narrow">
        <h1>{t('claims.title')}</h1>
        <p class="lead">{t('claims.lead')}</p>
        <Done done={done} translator={translator} />
        {claimable.length === 0 ? (
          <p class="hint">{t('claims.none')}</p>
        ) : (
          <FormFrame
            action="/settings/comments"
            translator={translator}
            errors={{}}
            buttons={<Submit label={t('claims.submit')} />}
          >
            <div>
              {claimable.map(({ source, count }) => (
                <p key={source ?? ''}>
                  {source === null
                    ? t('claims.guest', { count })
                    : t('claims.from', { count, source: SOURCES[source] ?? source })}
                </p>
              ))}
            </div>
            <p>{t('claims.press')}</p>
          </FormFrame>
        )}
        <p class="aside">
          <a href="/settings">{t('nav.settings')}</a>
        </p>
      </div>
    </Document>
  );
}
