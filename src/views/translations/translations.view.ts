import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import type { TranslationProjected } from './translations.query-types.ts';

const EVENT_TYPES = [
  'TranslationWritten.v1',
  'TranslationRemoved.v2',
  'CommentEdited.v1',
  'CommentErased.v1',
  'PostPublished.v1',
  'PostEdited.v1',
  'MemberErased.v1',
  'KeyDestroyed.v1',
] as const;
const STREAM = 'translation-';

/**
 * `translated` has every text of the translations that stand, sealed; of one text in one language the last is shown. `n` is
 * its position, `revision` its own, `source` the revision that it was made from. `removed_translation` has those that moderators
 * removed, until they are written again, with their sealed words to whoever translated. `text` has when each text of a post was
 * written, and each text of a comment but the first. `translation_key` names the translations whose keys still exist, with their
 * languages, until KeyDestroyed passes by.
 */
const SCHEMA = `
  CREATE TABLE translated (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL, post BLOB NOT NULL, comment BLOB, language TEXT NOT NULL, member BLOB NOT NULL,
    at INTEGER NOT NULL, revision INTEGER NOT NULL, source INTEGER NOT NULL, hash TEXT NOT NULL, sealed BLOB NOT NULL
  );
  CREATE INDEX translated_id ON translated (id, n);
  CREATE INDEX translated_comment ON translated (comment, language, n) WHERE comment IS NOT NULL;
  CREATE INDEX translated_post ON translated (post, language, n) WHERE comment IS NULL;
  CREATE INDEX translated_member ON translated (member);
  CREATE TABLE text (id BLOB, revision INTEGER, at INTEGER NOT NULL, PRIMARY KEY (id, revision)) WITHOUT ROWID;
  CREATE TABLE removed_translation (
    id BLOB PRIMARY KEY, text BLOB NOT NULL, language TEXT NOT NULL, member BLOB NOT NULL, source INTEGER NOT NULL, reason TEXT,
    sealed BLOB
  ) WITHOUT ROWID;
  CREATE INDEX removed_translation_text ON removed_translation (text, member);
  CREATE INDEX removed_translation_member ON removed_translation (member);
  CREATE TABLE translation_key (
    id BLOB PRIMARY KEY, comment BLOB, member BLOB NOT NULL, language TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX translation_key_comment ON translation_key (comment) WHERE comment IS NOT NULL;
  CREATE INDEX translation_key_member ON translation_key (member);
`;

/** The translations of posts and comments, and whether they are of the newest text. */
export const translationsView: ViewDefinition<TranslationProjected> = {
  name: 'translations',
  version: 6,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  isSmall: true,
  digestQueries: [
    'SELECT * FROM translated ORDER BY n',
    'SELECT * FROM text ORDER BY id, revision',
    'SELECT * FROM removed_translation ORDER BY id',
    'SELECT * FROM translation_key ORDER BY id',
  ],
  open: openTranslations,
};

function openTranslations(db: Database): Projection<TranslationProjected> {
  const write = followWritten(db);
  const changeText = db.prepare('INSERT INTO text (id, revision, at) VALUES (?, ?, ?)');
  const loseKey = db.prepare('DELETE FROM translation_key WHERE id = ?');
  const forget = {
    translation: db.prepare('DELETE FROM translated WHERE id = ?'),
    comment: db.prepare('DELETE FROM translated WHERE comment = ?'),
    member: db.prepare('DELETE FROM translated WHERE member = ?'),
  };
  const removed = followRemoved(db);
  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'TranslationWritten.v1':
        write(event);
        removed.forget('id', event.data.translationId);
        return toldOf(event.data);
      case 'TranslationRemoved.v2':
        removed.add(event);
        forget.translation.run(idBytes(event.data.translationId));
        return toldOf(event.data);
      case 'CommentEdited.v1':
        changeText.run(idBytes(event.data.commentId), event.revision, Date.parse(event.occurredAt));
        return undefined;
      case 'CommentErased.v1':
        forget.comment.run(idBytes(event.data.commentId));
        removed.forget('text', event.data.commentId);
        return undefined;
      case 'PostPublished.v1':
      case 'PostEdited.v1':
        if (event.data.title === undefined && event.data.body === undefined) return undefined;
        changeText.run(idBytes(event.data.postId), event.revision, Date.parse(event.occurredAt));
        return { translatedPostId: event.data.postId };
      case 'MemberErased.v1':
        forget.member.run(idBytes(event.data.memberId));
        removed.forget('member', event.data.memberId);
        return undefined;
      case 'KeyDestroyed.v1': {
        const { stream } = event.data;
        if (!stream.startsWith(STREAM)) return undefined;
        const id = idBytes(stream.slice(STREAM.length));
        forget.translation.run(id);
        loseKey.run(id);
        removed.forget('id', stream.slice(STREAM.length));
        return undefined;
      }
      default:
        return event satisfies never;
    }
  };
}

function followWritten(db: Database): (event: StoredOf<'TranslationWritten.v1'>) => void {
  const add = db.prepare(`
    INSERT INTO translated (n, id, post, comment, language, member, at, revision, source, hash, sealed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const holdKey = db.prepare(
    'INSERT OR IGNORE INTO translation_key (id, comment, member, language) VALUES (?, ?, ?, ?)',
  );
  return ({ data, position, revision, occurredAt, sealed }) => {
    const [id, member] = [idBytes(data.translationId), idBytes(data.memberId)];
    const comment = data.commentId === null ? null : idBytes(data.commentId);
    const made = [Date.parse(occurredAt), revision, data.sourceRevision, data.sourceHash, sealed];
    add.run(position, id, idBytes(data.postId), comment, data.language, member, ...made);
    holdKey.run(id, comment, member, data.language);
  };
}

/** The revision that one was made from is that of its newest text, which still stands then. */
function followRemoved(db: Database) {
  const add = db.prepare(`
    INSERT OR REPLACE INTO removed_translation (id, text, language, member, source, reason, sealed)
    SELECT id, coalesce(comment, post), language, member, source, ?, ? FROM translated WHERE id = ? ORDER BY n DESC LIMIT 1`);
  const forget = {
    id: db.prepare('DELETE FROM removed_translation WHERE id = ?'),
    text: db.prepare('DELETE FROM removed_translation WHERE text = ?'),
    member: db.prepare('DELETE FROM removed_translation WHERE member = ?'),
  };
  return {
    add: ({ data, sealed }: StoredOf<'TranslationRemoved.v2'>): void => {
      if (data.by === 'moderator') add.run(data.reason, sealed, idBytes(data.translationId));
    },
    forget: (which: keyof typeof forget, id: string): void => {
      forget[which].run(idBytes(id));
    },
  };
}

/** Of comments the thread tells. */
function toldOf({
  postId,
  commentId,
}: StoredOf<'TranslationWritten.v1'>['data'] | StoredOf<'TranslationRemoved.v2'>['data']) {
  return commentId === null ? { translatedPostId: postId } : undefined;
}
