import type { ComponentChildren } from 'preact';
import { Data } from './document.tsx';
import type { Frame } from './frame.ts';
import type { FrameAddress } from './frame-address.ts';
import type { FrameData } from './frame-data.ts';
import { directionOf } from './i18n/locales.ts';
import { DrawnFor } from './post-form.tsx';
import { accentHref, pageTitle } from './site-parts.tsx';

interface FramedDocumentProps {
  readonly frame: Frame;
  readonly address: Pick<FrameAddress, 'theme' | 'isTransparent'>;
  readonly told: FrameData;
  readonly title: string;
  readonly data?: object;
  readonly isLive?: boolean;
  /** Whether it stands in no frame. */
  readonly isAlone?: boolean;
  /** Whether it tells a member what is new. */
  readonly tellsNews?: boolean;
  readonly children: ComponentChildren;
}

/**
 * A page that stands in a page of another site: the column alone. Links lead out of the frame unless they say otherwise,
 * since nothing else of the forum, and nothing that a comment links to, may be shown in it.
 */
export function FramedDocument(props: FramedDocumentProps) {
  const { frame, address, told, title, data, isLive = false, isAlone = false, tellsNews = false, children } = props;
  const { theme, isTransparent } = address;
  const { locale } = frame.translator;
  const { accent } = frame.site;
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      class="framed"
      data-theme={theme ?? undefined}
      data-background={isTransparent ? 'transparent' : undefined}
      data-now={frame.now}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <meta name="robots" content="noindex" />
        <base target="_blank" />
        <title>{pageTitle(title, frame.site)}</title>
        <link rel="stylesheet" href={frame.asset('embed.css')} />
        {tellsNews && <link rel="stylesheet" href={frame.asset('since-visit.css')} />}
        {isAlone && <link rel="stylesheet" href={frame.asset('embed-alone.css')} />}
        {accent !== null && <link rel="stylesheet" href={accentHref(accent)} />}
        {isLive && (
          <>
            <meta name="programs" content={frame.asset('thread.js')} />
            <meta name="imports" content={frame.imports('thread.js').join(' ')} />
          </>
        )}
      </head>
      <body>
        <main id="main">
          <DrawnFor.Provider value={frame.member?.id ?? null}>{children}</DrawnFor.Provider>
        </main>
        <Data id="time-words" data={frame.timeWords} />
        <Data id="frame-data" data={told} />
        {data && <Data id="page-data" data={data} />}
        <script type="module" src={frame.asset('frame.js')} />
      </body>
    </html>
  );
}
