import { useEffect } from 'react';

/** The discussion of a page. Another address is another element, so that a page that changes without loading gets its own. */
export function Discussion({ forum, url, title, locale, theme, sort, sso }) {
  useEffect(() => {
    const src = `${forum}/embed.js`;
    if (document.querySelector(`script[src="${src}"]`)) return;
    document.head.append(Object.assign(document.createElement('script'), { src, async: true }));
  }, [forum]);
  return <colloquy-discussion key={url} url={url} title={title} locale={locale} theme={theme} sort={sort} sso={sso} />;
}
