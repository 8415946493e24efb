import type { EventStore } from '../../../libs/event-store/index.ts';
import { LOCALE_CODES, type Locale } from '../../../libs/words/index.ts';
import { decoders } from '../../commands/decoders.ts';
import { streams } from '../../commands/streams.ts';
import type { SiteChanged } from '../../domain/site/site.events.ts';
import type { PageNaming } from '../source/page-naming.ts';

/** What the forum's settings say about pages: the rules of their addresses, and the language of the site. */
export async function pageNaming(store: EventStore): Promise<Pick<PageNaming, 'rules' | 'locale'>> {
  let naming: Pick<PageNaming, 'rules' | 'locale'> = { rules: { pageAliases: [], pageQueries: [] }, locale: 'en' };
  for await (const data of changesOfSite(store)) {
    const { pageAliases = naming.rules.pageAliases, pageQueries = naming.rules.pageQueries } = data;
    naming = { rules: { pageAliases, pageQueries }, locale: data.defaultLocale ?? naming.locale };
  }
  return naming;
}

/** The origins of other sites that show their discussions. */
export async function namedOrigins(store: EventStore): Promise<readonly string[]> {
  let named: readonly string[] = [];
  for await (const { embedOrigins } of changesOfSite(store)) named = embedOrigins ?? named;
  return named;
}

/** The languages that the site is read in. */
export async function localesOfSite(store: EventStore): Promise<readonly Locale[]> {
  let locales = LOCALE_CODES;
  for await (const data of changesOfSite(store)) locales = data.locales ?? locales;
  return locales;
}

async function* changesOfSite(store: EventStore): AsyncGenerator<SiteChanged['data']> {
  for await (const event of store.readStream(streams.site())) {
    const { type, data } = decoders.site.read(event);
    if (type === 'SiteChanged.v1') yield data;
  }
}
