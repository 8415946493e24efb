import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { SiteEvent } from './site.events.ts';
import { FIRST_SITE, type SiteSettings, siteAfter } from './site.settings.ts';

/** The settings in force. */
export const siteFacts: Fold<SiteSettings, SiteEvent> = {
  initial: () => FIRST_SITE,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'SiteChanged.v1':
        return siteAfter(state, fact.data);
      case 'SitePageChanged.v1':
        return state;
      default:
        return unreachable(fact);
    }
  },
};
