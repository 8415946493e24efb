import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { TRANSLATION_REASONS, type TranslationRemover } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';
import type { TranslationReportsProjected } from './translation-reports.query-types.ts';

const EVENT_TYPES = [
  'TranslationReported.v1',
  'TranslationReportsDismissed.v1',
  'TranslationRemoved.v2',
  'TranslationWritten.v1',
  'KeyDestroyed.v1',
] as const;
const STREAM = 'reported-translation-';
const ID_CHARACTERS = 36;

/**
 * `reported` has the translations that were ever reported, with the revision of their newest text. `report.n` is its position; `reason`
 * a place in TRANSLATION_REASONS. `away` marks those whose translation was taken away before any moderator answered; they are
 * open again once it is written anew. `report_key` names the reports whose keys still exist, until KeyDestroyed passes by.
 */
const SCHEMA = `
  CREATE TABLE reported (
    id BLOB PRIMARY KEY, post BLOB NOT NULL, comment BLOB, revision INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE report (
    n INTEGER PRIMARY KEY, translation BLOB NOT NULL, member BLOB NOT NULL, revision INTEGER NOT NULL,
    reason INTEGER NOT NULL, at INTEGER NOT NULL, sealed BLOB, open INTEGER NOT NULL,
    away INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX report_open ON report (translation, n) WHERE open = 1;
  CREATE INDEX report_away ON report (translation) WHERE away = 1;
  CREATE TABLE report_key (translation BLOB, member BLOB, PRIMARY KEY (translation, member)) WITHOUT ROWID;
  CREATE INDEX report_key_member ON report_key (member);
`;

const DEFINITION: Omit<ViewDefinition<TranslationReportsProjected>, 'version'> = {
  name: 'translation-reports',
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  isSmall: true,
  digestQueries: [
    'SELECT * FROM reported ORDER BY id',
    'SELECT * FROM report ORDER BY n',
    'SELECT * FROM report_key ORDER BY translation, member',
  ],
  open: openReports,
};

/** What members complained about in translations, and what moderators have not answered yet. The rows of the version before are the same. */
export const translationReportsView: ViewDefinition<TranslationReportsProjected> = {
  ...DEFINITION,
  version: 4,
  previous: { ...DEFINITION, version: 3 },
};

function openReports(db: Database): Projection<TranslationReportsProjected> {
  const know = db.prepare('INSERT OR IGNORE INTO reported (id, post, comment, revision) VALUES (?, ?, ?, ?)');
  const change = db.prepare('UPDATE reported SET revision = ? WHERE id = ?');
  const add = db.prepare(`
    INSERT INTO report (n, translation, member, revision, reason, at, sealed, open) VALUES (?, ?, ?, ?, ?, ?, ?, 1)`);
  const dismiss = db.prepare(
    'UPDATE report SET open = 0, away = 0 WHERE open = 1 AND translation = ? AND member = ? AND revision = ?',
  );
  const end = [
    db.prepare('UPDATE report SET open = 0, away = 0 WHERE open = 1 AND translation = ?'),
    db.prepare('UPDATE report SET away = 0 WHERE away = 1 AND translation = ?'),
  ];
  const suspend = db.prepare('UPDATE report SET open = 0, away = 1 WHERE open = 1 AND translation = ?');
  const resume = db.prepare('UPDATE report SET open = 1 WHERE away = 1 AND open = 0 AND translation = ?');
  const holdKey = db.prepare('INSERT OR IGNORE INTO report_key (translation, member) VALUES (?, ?)');
  const loseKey = db.prepare('DELETE FROM report_key WHERE translation = ? AND member = ?');
  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'TranslationReported.v1': {
        const { translationId, postId, commentId, memberId, reason, revision } = event.data;
        const [id, member] = [idBytes(translationId), idBytes(memberId)];
        know.run(id, idBytes(postId), commentId === null ? null : idBytes(commentId), revision);
        const said = [TRANSLATION_REASONS.indexOf(reason), Date.parse(event.occurredAt), event.sealed];
        add.run(event.position, id, member, revision, ...said);
        holdKey.run(id, member);
        return { reportedTranslationId: translationId };
      }
      case 'TranslationReportsDismissed.v1':
        for (const { memberId, revision } of event.data.reports) {
          dismiss.run(idBytes(event.data.translationId), idBytes(memberId), revision);
        }
        return { reportedTranslationId: event.data.translationId };
      case 'TranslationRemoved.v2': {
        const { translationId, by } = event.data;
        const changes = (answers(by) ? end : [suspend]).map((ends) => ends.run(idBytes(translationId)).changes);
        return changes.every((count) => count === 0) ? undefined : { reportedTranslationId: translationId };
      }
      case 'TranslationWritten.v1': {
        const { translationId } = event.data;
        change.run(event.revision, idBytes(translationId));
        return resume.run(idBytes(translationId)).changes === 0 ? undefined : { reportedTranslationId: translationId };
      }
      case 'KeyDestroyed.v1': {
        const { stream } = event.data;
        if (!stream.startsWith(STREAM)) return undefined;
        const ids = stream.slice(STREAM.length);
        loseKey.run(idBytes(ids.slice(0, ID_CHARACTERS)), idBytes(ids.slice(ID_CHARACTERS + 1)));
        return undefined;
      }
      default:
        return event satisfies never;
    }
  };
}

/** A translator who takes the words back, or an author who takes them away, answers no report: they may be written again. */
function answers(by: TranslationRemover): boolean {
  return by === 'moderator' || by === 'erasure';
}
