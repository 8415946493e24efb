import type { Database } from 'better-sqlite3';
import { trusted } from '../../../libs/kernel/index.ts';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { changesTogether, type SiteChange } from '../../domain/site/site.events.ts';
import { isOneOf } from '../stored.ts';
import type { SiteProjected } from './site.query-types.ts';

const EVENT_TYPES = ['SiteChanged.v1', 'SitePageChanged.v1'] as const;

/** `settings` has one row: what admins have set, and nothing of what they left. The texts of the pages stay sealed. */
const SCHEMA = `
  CREATE TABLE settings (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE page (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
`;

/** The settings of the forum, and the pages that its admins write. */
export const siteView: ViewDefinition<SiteProjected> = {
  name: 'site',
  version: 2,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM settings ORDER BY id', 'SELECT * FROM page ORDER BY name'],
  open: openSite,
};

function openSite(db: Database): Projection<SiteProjected> {
  const read = db.prepare<[], { readonly value: string }>('SELECT value FROM settings WHERE id = 1');
  const write = db.prepare('INSERT OR REPLACE INTO settings (id, value) VALUES (1, ?)');
  const setPage = db.prepare('INSERT OR REPLACE INTO page (name, sealed) VALUES (?, ?)');
  const removePage = db.prepare('DELETE FROM page WHERE name = ?');

  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'SiteChanged.v1': {
        const kept = read.get();
        const before = kept === undefined ? {} : trusted<SiteChange>(JSON.parse(kept.value));
        write.run(JSON.stringify(changesTogether(before, event.data)));
        return { page: null };
      }
      case 'SitePageChanged.v1': {
        const { page, removed } = event.data;
        if (removed) removePage.run(page);
        else setPage.run(page, event.sealed);
        return { page };
      }
      default:
        return event satisfies never;
    }
  };
}
