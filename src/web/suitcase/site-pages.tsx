import type { SitePage } from '../../../libs/words/index.ts';
import { shownHtml } from '../shell/shown-html.ts';
import { PrivacyText } from '../site-pages/privacy-text.tsx';
import { type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** A page about the forum; without a text of its own it is the one on privacy. */
export function sitePageHtml(sheet: Sheet, page: SitePage, html: string | null): string {
  const { frame } = sheet;
  const { translator, site } = frame;
  const title = translator.t(`sitepage.${page}`);
  return sheetHtml(
    <SheetPage sheet={sheet} title={title} file={`${page}.html`}>
      <h1>{title}</h1>
      {html === null ? (
        <PrivacyText frame={frame} />
      ) : (
        <div
          class="post-body text"
          lang={site.defaultLocale}
          dir="auto"
          dangerouslySetInnerHTML={shownHtml(html, { from: 2, translator })}
        />
      )}
    </SheetPage>,
  );
}
