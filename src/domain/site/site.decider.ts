import { type Decider, isErased, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { SITE_PAGES, type SitePage, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { textOf } from '../text.ts';
import { checkedChange } from './site.check.ts';
import type { ChangeSite } from './site.commands.ts';
import type { SiteEvent } from './site.events.ts';
import { siteFacts } from './site.facts.ts';
import { type DiscussionDefaults, type SiteChange, type SiteSettings, siteAfter } from './site.settings.ts';

export interface SiteState {
  settings: SiteSettings;
  /** The texts of the pages; null for one that is erased or was never written. */
  readonly pages: Map<SitePage, string | null>;
}

export interface SiteNeeds {
  /** The images among those of the change that the forum has. */
  readonly images: ReadonlySet<string>;
}

export const siteDecider: Decider<SiteState, ChangeSite, SiteEvent, SiteNeeds> = {
  initial: () => ({ settings: siteFacts.initial(), pages: new Map() }),
  decide: ({ data: { pages = {}, ...wish } }, state, { images }) => {
    const after = checkedChange(state.settings, wish, images);
    const change = changedSettings(state.settings, after);
    const changed: SiteEvent[] =
      Object.keys(change).length === 0 ? [] : [{ type: 'SiteChanged.v1', data: change, personal: null }];
    const written = SITE_PAGES.flatMap((page) => pageEvents(page, pages[page], state));
    return [...changed, ...written];
  },
  evolve: (state: SiteState, fact: Remembered<SiteEvent>) => {
    switch (fact.type) {
      case 'SiteChanged.v1':
        state.settings = siteAfter(state.settings, fact.data);
        return state;
      case 'SitePageChanged.v1': {
        const { page, removed } = fact.data;
        state.pages.set(page, removed || isErased(fact.personal) ? null : fact.personal.text);
        return state;
      }
      default:
        return unreachable(fact);
    }
  },
};

/** An empty text is no text. */
function pageEvents(page: SitePage, wish: string | null | undefined, { pages }: SiteState): readonly SiteEvent[] {
  if (wish === undefined) return [];
  const text = textOf(wish ?? '', `pages.${page}`, TEXT_LIMITS.sitePage);
  if (text === (pages.get(page) ?? '')) return [];
  return [{ type: 'SitePageChanged.v1', data: { page, removed: text === '' }, personal: { text } }];
}

/** The settings that differ. */
function changedSettings(before: SiteSettings, after: SiteSettings): SiteChange {
  const { discussion: discussed, ...settings } = after;
  const { discussion: wasDiscussed, ...was } = before;
  const discussion: Partial<DiscussionDefaults> = changedFields(wasDiscussed, discussed);
  return { ...changedFields(was, settings), ...(Object.keys(discussion).length === 0 ? {} : { discussion }) };
}

/** The fields of `after` with other values than in `before`; lists are compared by their contents. */
function changedFields<Fields extends object>(before: Fields, after: Fields): Partial<Fields> {
  const changed: Partial<Fields> = {};
  for (const name in after)
    if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) changed[name] = after[name];
  return changed;
}
