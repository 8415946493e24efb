import { Data, Document } from '../shell/document.tsx';
import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import type { HandedOver } from './frame-messages.ts';

interface FrameSignInProps {
  readonly frame: Frame;
  /** The origin of the page around the frame. */
  readonly host: string;
}

/** Asks a member before a page of another site shows a frame in their name. */
export function ConfirmFramePage({ frame, host, challenge }: FrameSignInProps & { readonly challenge: string }) {
  const { t } = frame.translator;
  const name = frame.member?.displayName ?? '';
  return (
    <Document frame={frame} title={t('embed.signIn')} scripts={['hand-over.js']}>
      <div class="narrow">
        <h1>{t('embed.signIn')}</h1>
        <FormFrame
          action="/embed/sign-in"
          translator={frame.translator}
          errors={{}}
          hidden={{ host, challenge }}
          buttons={
            <>
              <a class="button quiet" href={host} data-close>
                {t('form.cancel')}
              </a>
              <Submit label={t('embed.continue', { name })} />
            </>
          }
        >
          <p class="lead">{t('embed.confirm', { host: new URL(host).host })}</p>
        </FormFrame>
        <p class="aside">
          <a href="/sign-out">{t('embed.notYou', { name })}</a>
        </p>
      </div>
    </Document>
  );
}

/** Hands the code to the frame that opened this window, and closes it. */
export function HandOverPage({ frame, host, given }: FrameSignInProps & { readonly given: HandedOver }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('embed.signIn')} scripts={['hand-over.js']}>
      <div class="narrow">
        <h1>{t('embed.signIn')}</h1>
        <p class="lead">{t('embed.goBack', { host: new URL(host).host })}</p>
        <Data id="hand-over" data={given} />
      </div>
    </Document>
  );
}
