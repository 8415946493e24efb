import { accentPair, DEFAULT_ACCENT, SITE_PAGES } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { SiteMemory } from './door/site-memory.ts';
import { GetSite } from './site.query-types.ts';

export const siteQueries = [
  answering(GetSite, { memory: SiteMemory }, async (_, { memory }) => {
    const { pages: _written, accent, ...site } = memory.now();
    const [about, rules, privacy, imprint] = await Promise.all(SITE_PAGES.map((page) => memory.textOf(page)));
    return {
      ...site,
      accent: accent ?? DEFAULT_ACCENT,
      accentDark: accentPair(accent ?? DEFAULT_ACCENT).dark,
      pages: { about: about ?? null, rules: rules ?? null, privacy: privacy ?? null, imprint: imprint ?? null },
      fixed: memory.fixed.map(({ field, by }) => ({ field, by })),
    };
  }),
];
