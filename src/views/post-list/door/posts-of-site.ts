import { statement, type Views } from '../../../../libs/projections/index.ts';
import { OWN_SITE } from '../../../../libs/words/index.ts';

/** The character after `/`, so that a range has all addresses of an origin and no other. */
const AFTER_SLASH = '0';

const elsewhere = statement<{ readonly ids: string }>(
  'SELECT json_group_array(hex(id)) AS ids FROM post WHERE url >= ? AND url < ?',
);
const here = statement<{ readonly ids: string }>('SELECT json_group_array(hex(id)) AS ids FROM post WHERE url IS NULL');

/** The ids of the posts of a site as SQLite's JSON functions read them: an origin, or OWN_SITE for those written here. */
export function postsOfSite(views: Pick<Views, 'db'>, site: string): string {
  const db = views.db('post-list');
  const found = site === OWN_SITE ? here(db).get() : elsewhere(db).get(`${site}/`, `${site}${AFTER_SLASH}`);
  return found?.ids ?? '[]';
}
