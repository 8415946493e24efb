import { Inject, Injectable } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  LOG_KINDS,
  type LogEntry,
  type LogKind,
  type ModerationReport,
  type Page,
  type PublicLogEntry,
} from '../../../libs/client/index.ts';
import { isUuid } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { REPORT_REASONS } from '../../domain/report/report.events.ts';
import { idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { moment } from '../moment.ts';
import { type OpenedText, openText, readability } from '../sealed-text.ts';
import { writersOf, writtenBy } from '../thread/door/comment-writers.ts';
import {
  GetModerationLog,
  GetModerationReport,
  GetPublicLog,
  type LogFilter,
  StreamModerationLog,
} from './log.query-types.ts';
import { type EntryRow, type LogSearch, logPage, logStream } from './log.reads.ts';
import { reportOf } from './log-report.ts';
import { publicPage } from './public-log.ts';

/** Where the words of each type of event lie. */
const WORDS: Readonly<Record<string, string>> = {
  'CommentDecided.v1': 'note',
  'CommentReported.v1': 'note',
  'MemberSanctioned.v1': 'statement',
  'SanctionLifted.v1': 'note',
  'SanctionAppealed.v1': 'text',
  'AppealDecided.v1': 'answer',
  'MemberNoted.v1': 'text',
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

  /** What is done about a comment concerns whoever wrote it. */
  async #entry(row: EntryRow, writers: ReadonlyMap<string, string>): Promise<LogEntry> {
    const kind = kindOf(row.kind);
    const about = row.about === null ? writers.get(row.comment === null ? '' : idText(row.comment)) : idText(row.about);
    const words = await this.#words(row);
    return {
      position: row.n,
      at: moment(row.at),
      kind,
      actor: row.actor && (await this.#members.author(idText(row.actor))),
      byPolicy: kind === 'policy-verdict',
      member: about === undefined ? null : await this.#members.author(about),
      commentId: row.comment && idText(row.comment),
      postId: row.post && idText(row.post),
      decisionId: row.decision && idText(row.decision),
      action: row.action,
      reason: row.reason,
      note: words.text,
      ...readability(words),
      undone: row.undone === 1,
      correlationId: row.correlation,
    };
  }

  async #words({ sealed, stream, type }: EntryRow): Promise<OpenedText> {
    const field = WORDS[type];
    return field === undefined ? { text: null } : openText(this.#vault, sealed, { stream, type }, field);
  }
}

function kindOf(word: string): LogKind {
  const kind = LOG_KINDS.find((known) => known === word);
  if (kind === undefined) throw new RangeError(`${word} is no kind of entry`);
  return kind;
}

function searchOf(filter: LogFilter, views: Views): LogSearch {
  const { member } = filter;
  return isUuid(member) ? { ...filter, written: writtenBy(views, member) } : filter;
}

@QueryHandler(GetModerationLog)
export class GetModerationLogHandler implements IQueryHandler<GetModerationLog> {
  readonly #views: Views;
  readonly #presenter: LogPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(LogPresenter) presenter: LogPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ filter, page }: GetModerationLog): Promise<Page<LogEntry>> {
    const { rows, next } = logPage(this.#views.db('moderation-log'), searchOf(filter, this.#views), page);
    return { items: await this.#presenter.present(rows), next };
  }
}

@QueryHandler(StreamModerationLog)
export class StreamModerationLogHandler implements IQueryHandler<StreamModerationLog> {
  readonly #views: Views;
  readonly #presenter: LogPresenter;

  constructor(@Inject(VIEWS) views: Views, @Inject(LogPresenter) presenter: LogPresenter) {
    this.#views = views;
    this.#presenter = presenter;
  }

  async execute({ filter }: StreamModerationLog): Promise<AsyncIterable<readonly LogEntry[]>> {
    return this.#pieces(logStream(() => this.#views.db('moderation-log'), searchOf(filter, this.#views)));
  }

  async *#pieces(pages: Iterable<readonly EntryRow[]>): AsyncGenerator<readonly LogEntry[]> {
    for (const rows of pages) yield await this.#presenter.present(rows);
  }
}

@QueryHandler(GetPublicLog)
export class GetPublicLogHandler implements IQueryHandler<GetPublicLog> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({ page }: GetPublicLog): Promise<Page<PublicLogEntry>> {
    const { rows, next } = publicPage(this.#views.db('moderation-log'), page);
    const items = rows.map(({ kind: word, action, reason: why, undone, day }) => {
      const kind = kindOf(word);
      const reason = REPORT_REASONS.find((known) => known === why) ?? null;
      const byPolicy = kind === 'policy-verdict';
      return { day: moment(day * DAY_MS).slice(0, 10), kind, action, reason, undone: undone === 1, byPolicy };
    });
    return { items, next };
  }
}

@QueryHandler(GetModerationReport)
export class GetModerationReportHandler implements IQueryHandler<GetModerationReport> {
  readonly #views: Views;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  async execute({ from, to }: GetModerationReport): Promise<ModerationReport> {
    return reportOf(this.#views.db('moderation-log'), from, to);
  }
}
