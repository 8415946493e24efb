import { Inject, Injectable } from '@nestjs/common';
import { type LogEntry, type PublicLogEntry } from '../../../libs/client/index.ts';
import { isUuid } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { TRANSLATION_REASONS } from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { postsOfSite } from '../post-list/door/posts-of-site.ts';
import { type OpenedText, openText } from '../sealed-text.ts';
import { writersOf, writtenBy } from '../thread/door/comment-writers.ts';
import {
  GetModerationLog,
  GetModerationReport,
  GetPublicLog,
  type LogFilter,
  StreamModerationLog,
} from './log.query-types.ts';
import { type LogSearch, logPage, logStream } from './log.reads.ts';
import { type EntryRow, logEntryOf, logKindOf } from './log.schema.ts';
import { reportOf } from './log-report.ts';
import { type PublicRow, publicPage } from './public-log.ts';

/** The field that holds the words of each type of event. */
const WORDS: Readonly<Record<string, string>> = {
  'CommentDecided.v1': 'note',
  'CommentReported.v1': 'note',
  'TranslationReported.v1': 'note',
  'TranslationRemoved.v2': 'statement',
  'ErasureRequested.v1': 'reason',
  'MemberSanctioned.v1': 'statement',
  'SanctionLifted.v1': 'note',
  'SanctionAppealed.v1': 'text',
  'AppealDecided.v1': 'answer',
  'MemberNoted.v1': 'text',
  'MemberRefused.v1': 'reason',
  'PolicySet.v1': 'note',
};

const DAY_MS = 86_400_000;
const NOBODY: ReadonlyMap<string, string> = new Map();

/** Lines of the log with their people and words. */
@Injectable()
export class LogPresenter {
  readonly #views: Views;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#views = views;
    this.#vault = vault;
    this.#members = members;
  }

  present(rows: readonly EntryRow[]): Promise<readonly LogEntry[]> {
    const unnamed = rows.flatMap(({ about, comment }) => (about === null && comment !== null ? [comment] : []));
    const writers = unnamed.length === 0 ? NOBODY : writersOf(this.#views, unnamed);
    return Promise.all(rows.map((row) => this.#entry(row, writers)));
  }

  /** An entry about a comment also concerns the comment's author. */
  async #entry(row: EntryRow, writers: ReadonlyMap<string, string>): Promise<LogEntry> {
    const about = row.about === null ? writers.get(row.comment === null ? '' : idText(row.comment)) : idText(row.about);
    const words = await this.#words(row);
    const actor = row.actor && (await this.#members.author(idText(row.actor)));
    const member = about === undefined ? null : await this.#members.author(about);
    return logEntryOf(row, { actor, member, words });
  }

  async #words({ sealed, stream, type }: EntryRow): Promise<OpenedText> {
    const field = WORDS[type];
    return field === undefined ? { text: null } : openText(this.#vault, sealed, { stream, type }, field);
  }
}

function searchOf(filter: LogFilter, views: Views): LogSearch {
  const { member, site } = filter;
  return {
    ...filter,
    ...(isUuid(member) && { written: writtenBy(views, member) }),
    ...(site !== undefined && { posts: postsOfSite(views, site) }),
  };
}

export const moderationLogQueries = [
  answering(
    GetModerationLog,
    { views: VIEWS, presenter: LogPresenter },
    async ({ filter, page }, { views, presenter }) => {
      const { rows, next } = logPage(views.db('moderation-log'), searchOf(filter, views), page);
      return { items: await presenter.present(rows), next };
    },
  ),
  answering(StreamModerationLog, { views: VIEWS, presenter: LogPresenter }, ({ filter }, { views, presenter }) =>
    presented(
      logStream(() => views.db('moderation-log'), searchOf(filter, views)),
      presenter,
    ),
  ),
  answering(GetPublicLog, { views: VIEWS }, ({ page }, { views }) => {
    const { rows, next } = publicPage(views.db('moderation-log'), page);
    return { items: rows.map(publicEntry), next };
  }),
  answering(GetModerationReport, { views: VIEWS }, ({ from, to }, { views }) =>
    reportOf(views.db('moderation-log'), from, to),
  ),
];

async function* presented(
  pages: Iterable<readonly EntryRow[]>,
  presenter: LogPresenter,
): AsyncGenerator<readonly LogEntry[]> {
  for (const rows of pages) yield await presenter.present(rows);
}

function publicEntry({ kind: word, action, reason: why, undone, day }: PublicRow): PublicLogEntry {
  const kind = logKindOf(word);
  const reason = TRANSLATION_REASONS.find((known) => known === why) ?? null;
  const byPolicy = kind === 'policy-verdict';
  return { day: moment(day * DAY_MS).slice(0, 10), kind, action, reason, undone: undone === 1, byPolicy };
}
