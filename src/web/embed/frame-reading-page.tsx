import { FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { type FrameAddress, framePath } from '../shell/frame-address.ts';
import { FramedDocument } from '../shell/framed-document.tsx';
import { LanguagesRead } from '../shell/reading-form.tsx';

interface FrameReadingPageProps {
  readonly frame: Frame;
  readonly address: FrameAddress;
  /** The origins whose pages may show the frame. */
  readonly hosts: readonly string[];
}

/** In the place of the discussion, a reader says which languages it reads. */
export function FrameReadingPage({ frame, address, hosts }: FrameReadingPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const path = framePath(address);
  const told = { hosts, site: address.site, as: address.as || null, sso: null, path };
  return (
    <FramedDocument frame={frame} address={address} told={told} title={t('reads.title')}>
      <h1>{t('reads.title')}</h1>
      <p>{t('reads.text')}</p>
      <FormFrame
        action="/embed/languages"
        target="_self"
        translator={translator}
        hidden={{ frame: path }}
        buttons={
          <>
            <Submit label={t('form.save')} />
            <a class="button quiet" href={path} target="_self">
              {t('embed.back')}
            </a>
          </>
        }
      >
        <LanguagesRead frame={frame} />
      </FormFrame>
    </FramedDocument>
  );
}
