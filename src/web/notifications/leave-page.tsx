import type { Leaving } from '../../access/leave-tokens.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { Translator } from '../shell/i18n/translate.ts';

/** What the button that ends every mail sends as `every`. */
export const EVERY = '1';

export interface LeavePageProps {
  readonly frame: Frame;
  readonly token: string;
  readonly leaving: Leaving;
  /** What was pressed; null for nothing so far. */
  readonly done: 'these' | 'every' | null;
}

/** Ends mails with one press: those that the mail was one of, or every one. */
export function LeavePage({ frame, token, leaving, done }: LeavePageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('leave.title')}>
      <h1>{t('leave.title')}</h1>
      {done === null ? (
        <p class="lead">{t('leave.lead', { site: site.name })}</p>
      ) : (
        <DoneText text={t(`leave.done.${done}`)} />
      )}
      {done !== 'every' && (
        <>
          <Ending leaving={leaving} translator={translator} />
          <FormFrame
            action={`/leave/${token}`}
            translator={translator}
            buttons={
              <>
                {done === null && <Submit label={t('leave.submit')} />}
                <button class="button quiet" type="submit" name="every" value={EVERY}>
                  {t('leave.every')}
                </button>
              </>
            }
          >
            <p class="hint">{t('leave.everyHint')}</p>
          </FormFrame>
        </>
      )}
      <p class="aside links">
        <a href="/settings/notifications">{t('leave.choose')}</a>
      </p>
    </Document>
  );
}

/** What is mailed no more. */
function Ending({ leaving: { kinds, way }, translator: { t } }: { leaving: Leaving; translator: Translator }) {
  return (
    <ul class="ended-mails">
      {kinds === null ? (
        <li>{t('leave.whole', { way: t(`ways.way.${way}`) })}</li>
      ) : (
        kinds.map((kind) => <li key={kind}>{t(`ways.kind.${kind}`)}</li>)
      )}
    </ul>
  );
}
