import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError, trusted } from '../../../../libs/kernel/index.ts';
import { type Projected, statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../../libs/vault/index.ts';
import { SITE_PAGES, type SitePage } from '../../../../libs/words/index.ts';
import { FIRST_SITE, type SiteChange, type SiteSettings, siteAfter } from '../../../domain/site/site.events.ts';
import { openedTextIn } from '../../rows.ts';
import {
  FIXED_SETTINGS,
  type FixedSetting,
  type SiteInForce,
  type SiteInMemory,
  siteChanges,
} from '../site.query-types.ts';

const settingsRow = statement<{ readonly value: string }>('SELECT value FROM settings WHERE id = 1');
const pageRow = statement<{ readonly sealed: Buffer }>('SELECT sealed FROM page WHERE name = ?');
const pageNames = statement<{ readonly name: string }>('SELECT name FROM page');

/** The settings in force, read once and again after each change. */
@Injectable()
export class SiteMemory implements SiteInMemory, OnModuleDestroy {
  readonly fixed: readonly FixedSetting[];
  readonly #views: Views;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  #now: SiteInForce | null = null;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(VAULT) vault: Pick<Vault, 'open'>,
    @Inject(FIXED_SETTINGS) fixed: readonly FixedSetting[],
  ) {
    this.fixed = fixed;
    this.#views = views;
    this.#vault = vault;
    this.#stop = views.onProjected((projected) => this.#hear(projected));
  }

  /** Until the views have read the log once, the settings of a new forum stand in for those in force. */
  now(): SiteInForce {
    if (this.#now !== null) return this.#now;
    try {
      this.#now = this.#read();
      return this.#now;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_caught_up') return this.#inForce(FIRST_SITE, []);
      throw error;
    }
  }

  /** The text of a page; null for a page that was not written or is erased. */
  async textOf(page: SitePage): Promise<string | null> {
    const row = pageRow(this.#views.db('site')).get(page);
    if (row === undefined) return null;
    return openedTextIn(await this.#vault.open(row.sealed, { stream: 'site', type: 'SitePageChanged.v1' }), 'text');
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  #read(): SiteInForce {
    const db = this.#views.db('site');
    const row = settingsRow(db).get();
    const written = pageNames(db)
      .all()
      .map(({ name }) => name);
    const change = row === undefined ? {} : trusted<SiteChange>(JSON.parse(row.value));
    return this.#inForce(
      siteAfter(FIRST_SITE, change),
      SITE_PAGES.filter((page) => written.includes(page)),
    );
  }

  #inForce(settings: SiteSettings, pages: readonly SitePage[]): SiteInForce {
    return { ...this.fixed.reduce((site, { value }) => siteAfter(site, value), settings), pages };
  }

  #hear(projected: readonly Projected[]): void {
    const isRenewed = projected.some(({ view, renewed }) => renewed && view === 'site');
    if (!isRenewed && siteChanges(projected).length === 0) return;
    this.#now = null;
    for (const listener of this.#listeners) listener();
  }
}
