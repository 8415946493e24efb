import type { Database, Statement } from 'better-sqlite3';
import { trusted } from '../../../libs/kernel/index.ts';
import { pageAddress } from '../../domain/post/page-address.ts';
import { NO_PAGE_RULES, type PageRules } from '../../domain/post/page-rules.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';

interface PageRow {
  readonly n: bigint;
  readonly first_url: string;
}

/**
 * Folds where pages of other sites stand: by their recorded address and the rules in force. Whoever changes what an
 * address comes to raises the version of this view.
 */
export class PagePlaces {
  readonly #setUrl: Statement<unknown[]>;
  readonly #move: Statement<unknown[]>;
  readonly #all: Statement<[], PageRow>;
  readonly #readRules: Statement<[], { readonly value: string }>;
  readonly #writeRules: Statement<unknown[]>;

  constructor(db: Database) {
    this.#setUrl = db.prepare('UPDATE post SET first_url = ?, url = ?, revision = ? WHERE id = ?');
    this.#move = db.prepare('UPDATE post SET url = ? WHERE n = ?');
    this.#all = db.prepare<[], PageRow>('SELECT n, first_url FROM post WHERE first_url IS NOT NULL').safeIntegers();
    this.#readRules = db.prepare<[], { readonly value: string }>('SELECT value FROM page_rules WHERE id = 1');
    this.#writeRules = db.prepare('INSERT OR REPLACE INTO page_rules (id, value) VALUES (1, ?)');
  }

  pageAddressed({ data, revision }: StoredOf<'PageAddressed.v1'>): void {
    this.#setUrl.run(data.url, pageAddress(data.url, this.#rules()).url, revision, idBytes(data.postId));
  }

  /** Every page finds its place again, since rules may also be taken back. */
  siteChanged({ data: { pageAliases, pageQueries } }: StoredOf<'SiteChanged.v1'>): void {
    if (pageAliases === undefined && pageQueries === undefined) return;
    const before = this.#rules();
    const rules = {
      pageAliases: pageAliases ?? before.pageAliases,
      pageQueries: pageQueries ?? before.pageQueries,
    };
    this.#writeRules.run(JSON.stringify(rules));
    for (const { n, first_url } of this.#all.all()) this.#move.run(pageAddress(first_url, rules).url, n);
  }

  #rules(): PageRules {
    const row = this.#readRules.get();
    return row === undefined ? NO_PAGE_RULES : trusted<PageRules>(JSON.parse(row.value));
  }
}
