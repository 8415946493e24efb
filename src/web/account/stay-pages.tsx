import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface StayPageProps {
  readonly frame: Frame;
  /** The path of the page, with the link's secret. */
  readonly path: string;
  /** Belongs to one showing of the form, so that a second press of its button repeats the first. */
  readonly id: string;
  readonly handle: string;
}

/** One press takes the erasure back: opening the page does nothing, since mail scanners open every link. */
export function StayPage({ frame, path, id, handle }: StayPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('stay.title')}>
      <div class="narrow">
        <h1>{t('stay.title')}</h1>
        <FormFrame
          action={path}
          translator={translator}
          errors={{}}
          hidden={{ id }}
          buttons={<Submit label={t('erasure.takeBack')} />}
        >
          <p>{t('stay.press', { handle })}</p>
        </FormFrame>
      </div>
    </Document>
  );
}

export function StayedPage({ frame, handle }: { readonly frame: Frame; readonly handle: string }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('stay.title')}>
      <div class="narrow">
        <h1>{t('stay.title')}</h1>
        <DoneText text={t('stay.done', { handle })} />
        <p>
          <a href="/forgot">{t('stay.notYou')}</a>
        </p>
        <p class="aside">
          {frame.member === null ? (
            <a href="/sign-in">{t('nav.signIn')}</a>
          ) : (
            <a href="/settings/data">{t('data.title')}</a>
          )}
        </p>
      </div>
    </Document>
  );
}
