import type { SitePage } from '../../../libs/words/index.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { SiteText } from './site-text.tsx';

interface SitePageProps {
  readonly frame: Frame;
  readonly page: SitePage;
  /** The written text; null for the page's own. */
  readonly html: string | null;
}

/** A page about the forum, in the forum's language when admins wrote it. */
export function WrittenSitePage({ frame, page, html }: SitePageProps) {
  const title = frame.translator.t(`sitepage.${page}`);
  return (
    <Document frame={frame} title={title} known={{ path: `/${page}` }}>
      <h1>{title}</h1>
      <SiteText frame={frame} html={html} />
    </Document>
  );
}
