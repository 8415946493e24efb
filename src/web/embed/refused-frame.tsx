import type { Frame } from '../shell/frame.ts';
import { type FrameAddress, framePath } from '../shell/frame-address.ts';
import { FramedDocument } from '../shell/framed-document.tsx';

interface RefusedFrameProps {
  readonly frame: Frame;
  /** The origins whose pages may show the frame. */
  readonly hosts: readonly string[];
  readonly address: FrameAddress;
  /** The host of the page, where its site is not among those that admins have named. */
  readonly unnamed: string | null;
  /** What was sent from a frame that stood there before; its writer has it back. */
  readonly text: string;
}

/** Tells the readers of a page that it has no discussion here. */
export function RefusedFrame({ frame, hosts, address, unnamed, text }: RefusedFrameProps) {
  const { translator, site } = frame;
  const told = { hosts, site: null, as: null, sso: null, path: framePath(address) };
  return (
    <FramedDocument frame={frame} address={address} told={told} title={site.name}>
      <h1 class="visually-hidden">{site.name}</h1>
      <p class="notice">
        {unnamed === null ? translator.t('embed.refused') : translator.t('embed.unnamed', { host: unnamed })}
      </p>
      {text !== '' && (
        <form class="composer">
          <input type="hidden" name="as" value={address.as ?? ''} />
          <label for="unsent">{translator.t('form.comment')}</label>
          <textarea id="unsent" name="body" rows={6} dir="auto" readOnly defaultValue={text} />
        </form>
      )}
      <footer class="frame-foot">
        <a href="/">{site.name}</a>
      </footer>
    </FramedDocument>
  );
}
