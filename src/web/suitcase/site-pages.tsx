import type { SitePage } from '../../../libs/words/index.ts';
import { SiteText } from '../site-pages/site-text.tsx';
import { type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** A page about the forum; without a text of its own it is the one on privacy. */
export function sitePageHtml(sheet: Sheet, page: SitePage, html: string | null): string {
  const { frame } = sheet;
  const title = frame.translator.t(`sitepage.${page}`);
  return sheetHtml(
    <SheetPage sheet={sheet} title={title} file={`${page}.html`}>
      <h1>{title}</h1>
      <SiteText frame={frame} html={html} />
    </SheetPage>,
  );
}
