import { OWN_SITE, SITE_PATTERN } from '../../../libs/words/index.ts';
import { type SiteInForce, siteNameOf } from '../../views/site/site.query-types.ts';
import type { Frame } from '../shell/frame.ts';
import { textIn } from '../shell/paths.ts';

/** The site that an address names; null for all of them, and for what is none. */
export function siteIn(query: unknown): string | null {
  const site = textIn(query, 'site').trim();
  return SITE_PATTERN.test(site) ? site : null;
}

/** The sites that a moderator can choose, with their names; none where the forum is the only one. */
export function sitesOf({
  site,
  translator,
}: Pick<Frame, 'site' | 'translator'>): readonly (readonly [string, string])[] {
  const { embedOrigins }: SiteInForce = site;
  if (embedOrigins.length === 0) return [];
  const own = [OWN_SITE, translator.t('site.own')] as const;
  return [own, ...embedOrigins.map((origin) => [origin, siteNameOf(site, origin)] as const)];
}
