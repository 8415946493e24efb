import type { Frame } from '../shell/frame.ts';
import { shownHtml } from '../shell/shown-html.ts';
import { PrivacyText } from './privacy-text.tsx';

/** The text of a page about the forum, in the forum's language; null for the forum's own text on privacy. */
export function SiteText({ frame, html }: { readonly frame: Frame; readonly html: string | null }) {
  const { translator, site } = frame;
  if (html === null) return <PrivacyText frame={frame} />;
  return (
    <div
      class="post-body text"
      lang={site.defaultLocale}
      dir="auto"
      dangerouslySetInnerHTML={shownHtml(html, { from: 2, translator })}
    />
  );
}
