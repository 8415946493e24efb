import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { authorMatch } from './find-entries.ts';
import type { UnknownNames } from './search.query-types.ts';
import type { NamesAsked } from './search-questions.ts';

const anyEntry = statement<string>('SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 1');
const anyTagged = statement<{ readonly tag: string; readonly now: number }>(`
  SELECT 1 FROM post_tag t JOIN post p ON p.n = t.post
  WHERE t.tag = @tag AND p.withdrawn = 0 AND p.publish_at <= @now LIMIT 1`);

/** Which authors wrote nothing that is found, so that nothing is told of members who never wrote, and whether no post has the tag. */
export function unknownNames(db: Database, { authors, tag, now }: NamesAsked): UnknownNames {
  return {
    authors: authors.filter((author) => anyEntry(db).get(authorMatch(author)) === undefined).map(({ name }) => name),
    tag: tag !== null && anyTagged(db).get({ tag, now }) === undefined ? tag : null,
  };
}
