import { Query } from '@nestjs/cqrs';
import type { Site } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { SitePage } from '../../../libs/words/index.ts';
import type { SiteChange, SiteSettings } from '../../domain/site/site.events.ts';

/** A setting of the environment, which wins over what admins set on the page. */
export interface FixedSetting {
  /** The path of the setting, such as `discussion.maxLength`. */
  readonly field: string;
  /** The environment's name of it. */
  readonly by: string;
  readonly value: SiteChange;
}

/** The injection token of the fixed settings, a list of FixedSetting. */
export const FIXED_SETTINGS = Symbol('FixedSettings');

/** The name of the site on which a page stands: the one that admins gave it, else its host. */
export function siteNameOf({ siteNames }: Pick<SiteSettings, 'siteNames'>, url: string): string {
  const { origin, host } = new URL(url);
  return siteNames.find((one) => one.origin === origin)?.name ?? host;
}

/** The settings in force, with the pages that have a text. */
export interface SiteInForce extends SiteSettings {
  readonly pages: readonly SitePage[];
}

/** The forum's settings in memory, for what cannot wait: every page shows the forum's name. */
export interface SiteInMemory {
  /** As current as the views; the same object until something changes. */
  now(): SiteInForce;
  readonly fixed: readonly FixedSetting[];
  /** Calls back after each change; gives the way to stop. */
  onChanged(listener: () => void): () => void;
}

/** The injection token of SiteInMemory. */
export const SITE = Symbol('Site');

/** Everything that admins set, with the texts of the pages; `publicSite` leaves out what is not for all. */
export class GetSite extends Query<Site> {
  readonly kind = 'site';
}

/** The site view's message after a commit. */
export interface SiteProjected {
  readonly page: SitePage | null;
}

export const siteChanges = changesOf<SiteProjected>('site');
