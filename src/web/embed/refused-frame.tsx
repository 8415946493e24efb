import type { Frame } from '../shell/frame.ts';
import type { FrameAddress } from '../shell/frame-address.ts';
import { FramedDocument } from '../shell/framed-document.tsx';

interface RefusedFrameProps {
  readonly frame: Frame;
  /** The origins whose pages may show the frame. */
  readonly hosts: readonly string[];
  readonly address: FrameAddress;
}

/** Tells the readers of a page that it has no discussion here. */
export function RefusedFrame({ frame, hosts, address }: RefusedFrameProps) {
  const { translator, site } = frame;
  return (
    <FramedDocument frame={frame} address={address} told={{ hosts, site: null, as: null, sso: null }} title={site.name}>
      <h1 class="visually-hidden">{site.name}</h1>
      <p class="notice">{translator.t('embed.refused')}</p>
      <footer class="frame-foot">
        <a href="/">{site.name}</a>
      </footer>
    </FramedDocument>
  );
}
