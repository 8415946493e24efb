import type { Frame } from '../shell/frame.ts';
import type { Theme } from '../shell/frame-address.ts';
import { FramedDocument } from './framed-document.tsx';

/** Tells the readers of a page that it has no discussion here. */
export function RefusedFrame({ frame, theme }: { readonly frame: Frame; readonly theme: Theme | null }) {
  const { translator, site } = frame;
  return (
    <FramedDocument frame={frame} theme={theme} hosts={site.embedOrigins} title={site.name}>
      <h1 class="visually-hidden">{site.name}</h1>
      <p class="notice">{translator.t('embed.refused')}</p>
      <footer class="frame-foot">
        <a href="/">{site.name}</a>
      </footer>
    </FramedDocument>
  );
}
