import { Inject, Injectable } from '@nestjs/common';
import type { AuthorRecord, Comment, Decision, PolicyFinding, QueueItem, Report } from '../../../libs/client/index.ts';
import { commentNotFound, isErased, isUnreadable } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { type SealedIn, VAULT, type Vault } from '../../../libs/vault/index.ts';
import {
  COMMENT_STATUSES,
  type CommentStatus,
  DECISION_ACTIONS,
  isRuleName,
  QUEUE_LISTS,
  REPORT_OUTCOMES,
  REPORT_REASONS,
  type ReportReason,
} from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { presentAuthor } from '../members/door/present-author.ts';
import { moment } from '../moment.ts';
import { titleOf } from '../post-list/door/titles.ts';
import { SanctionDirectory } from '../sanctions/door/sanction-directory.ts';
import { type OpenedText, openText, readability } from '../sealed-text.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { siteNameOf } from '../site/site.query-types.ts';
import { CommentPresenter } from '../thread/door/comment-presenter.ts';
import { anyComment, type CommentRow, commentCounts } from '../thread/door/moderators-reads.ts';
import { type DecisionRow, type ItemRow, type ReportRow, reportingRecord, reportsOn } from './queue.reads.ts';
import { reporterWeight } from './queue.schema.ts';

/** The characters of texts after which a page ends, since it is put together and written at one stretch. */
const MOST_CHARACTERS = 1_500_000;
/** The items that are put together side by side. */
const AT_ONCE = 10;

type Parts = Omit<QueueItem, 'list' | 'since'>;
type ReadAuthor = (memberId: string) => Promise<AuthorRecord | null>;

/** Comments that wait or were decided on, as moderators read them: with every text that is not erased. */
@Injectable()
export class QueuePresenter {
  readonly #views: Views;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;
  readonly #comments: CommentPresenter;
  readonly #sanctions: SanctionDirectory;
  readonly #site: SiteMemory;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
    @Inject(CommentPresenter) comments: CommentPresenter,
    @Inject(SanctionDirectory) sanctions: SanctionDirectory,
    @Inject(SiteMemory) site: SiteMemory,
  ) {
    this.#views = views;
    this.#vault = vault;
    this.#members = members;
    this.#comments = comments;
    this.#sanctions = sanctions;
    this.#site = site;
  }

  /**
   * The first of these items, as many as the length of their texts lets on one page, and at least one. Null for a
   * comment that waits nowhere.
   */
  async pageOf(rows: readonly (ItemRow | undefined)[]): Promise<readonly (QueueItem | null)[]> {
    const author = this.#authorsOnce();
    const items: (QueueItem | null)[] = [];
    let characters = 0;
    for (let start = 0; start < rows.length; start += AT_ONCE) {
      const some = await Promise.all(
        rows.slice(start, start + AT_ONCE).map((row) => (row ? this.#item(row, author) : null)),
      );
      for (const item of some) {
        characters += item === null ? 0 : charactersOf(item);
        if (characters > MOST_CHARACTERS && items.length > 0) return items;
        items.push(item);
      }
    }
    return items;
  }

  /** Reads the record of an author with several comments once, since that counts everything it wrote. */
  #authorsOnce(): ReadAuthor {
    const known = new Map<string, Promise<AuthorRecord | null>>();
    return (memberId) => {
      const found = known.get(memberId) ?? this.author(memberId);
      known.set(memberId, found);
      return found;
    };
  }

  async #item(row: ItemRow, author: ReadAuthor): Promise<QueueItem | null> {
    const list = row.list === null ? undefined : QUEUE_LISTS[row.list];
    if (list === undefined) return null;
    return { ...(await this.#parts(idText(row.comment), row, author)), list, since: moment(row.since) };
  }

  /** All parts of an item but its place. Throws DomainError comment_not_found. */
  parts(commentId: string, item: ItemRow | undefined): Promise<Parts> {
    return this.#parts(commentId, item, (memberId) => this.author(memberId));
  }

  async #parts(commentId: string, item: ItemRow | undefined, authorBy: ReadAuthor): Promise<Parts> {
    const row = anyComment(this.#views, commentId);
    if (!row) throw commentNotFound();
    const parentRow = row.parent && anyComment(this.#views, idText(row.parent));
    const [comments, reports, findings, author] = await Promise.all([
      this.comments(parentRow ? [row, parentRow] : [row]),
      this.reports(reportsOn(this.#views.db('moderation-queue'), row.id)),
      this.#findings(item),
      row.author && authorBy(idText(row.author)),
    ]);
    const [comment, parent = null] = comments;
    const reasons = item?.reasons ? textsIn(item.reasons) : [];
    const judgedBy = item?.held_by ? textsIn(item.held_by) : [];
    if (!comment) throw new Error('a comment was not presented');
    return {
      score: item?.score ?? 0,
      comment,
      parent,
      post: this.#post(row),
      reports,
      findings,
      reasons: reasons.filter((reason) => !isRuleName(reason)),
      heldBy: comment.status === 'held' ? [...reasons.filter(isRuleName), ...judgedBy] : [],
      policyVersion: item?.policy_version ?? null,
      author: author ?? null,
      claim: null,
    };
  }

  comments(rows: readonly CommentRow[]): Promise<readonly Comment[]> {
    return this.#comments.present(rows, { sees: 'all' });
  }

  /** Null for an erased member. */
  async author(memberId: string): Promise<AuthorRecord | null> {
    const member = await this.#members.of(memberId);
    if (!member) return null;
    const { erased: _, ...comments } = commentCounts(this.#views, memberId);
    const { received, made } = reportingRecord(this.#views.db('moderation-queue'), idBytes(memberId));
    return {
      member: presentAuthor(member),
      registeredAt: member.createdAt,
      comments,
      reportsReceived: received,
      reportsMade: made,
      sanctions: await this.#sanctions.of(memberId, 'moderator'),
    };
  }

  reports(rows: readonly ReportRow[]): Promise<readonly Report[]> {
    return Promise.all(rows.map((row) => this.#report(row)));
  }

  async decision(row: DecisionRow): Promise<Decision> {
    const commentId = idText(row.comment);
    const at = { stream: `comment-${commentId}`, type: 'CommentDecided.v1' };
    const note = await this.#note(commentId, row.sealed, at);
    return {
      id: idText(row.id),
      commentId,
      action: DECISION_ACTIONS.find((action) => action === row.action) ?? 'approve',
      from: statusOf(row.was),
      to: statusOf(row.became),
      reason: row.reason === null ? null : reasonOf(row.reason),
      note: note.text,
      ...readability(note),
      by: await this.#members.author(row.by),
      at: moment(row.at),
      revision: row.revision,
      bulkId: row.bulk && idText(row.bulk),
      undoes: row.undoes && idText(row.undoes),
      undone: row.undone === 1,
    };
  }

  decisions(rows: readonly DecisionRow[]): Promise<readonly Decision[]> {
    return Promise.all(rows.map((row) => this.decision(row)));
  }

  async #report(row: ReportRow): Promise<Report> {
    const memberId = idText(row.member);
    const at = { stream: `report-${idText(row.comment)}-${memberId}`, type: 'CommentReported.v1' };
    const note = await this.#note(idText(row.comment), row.sealed, at);
    return {
      by: await this.#members.author(memberId),
      reason: reasonOf(row.reason),
      note: note.text,
      ...readability(note),
      at: moment(row.at),
      revision: row.revision,
      outcome: REPORT_OUTCOMES[row.outcome] ?? 'open',
      weight: reporterWeight(row) / 1_000,
    };
  }

  /** None on a comment that is erased: the keys of its notes go a moment later than it does. */
  async #note(commentId: string, sealed: Buffer | null, at: SealedIn): Promise<OpenedText> {
    const status = anyComment(this.#views, commentId)?.status;
    if (COMMENT_STATUSES[status ?? -1] === 'erased') return { text: null };
    return openText(this.#vault, sealed, at, 'note');
  }

  async #findings(item: ItemRow | undefined): Promise<readonly PolicyFinding[]> {
    if (!item?.rules) return [];
    const stream = `comment-${idText(item.comment)}`;
    const opened = item.judged && (await this.#vault.open(item.judged, { stream, type: 'CommentJudged.v1' }));
    const matched: unknown = opened && !isErased(opened) ? Reflect.get(opened, 'matched') : [];
    const parts = Array.isArray(matched) ? matched.map(String) : [];
    const told = isUnreadable(opened) ? { unreadable: true as const } : {};
    return textsIn(item.rules).map((rule, at) => ({ rule, matched: parts[at] ?? null, ...told }));
  }

  #post({ post }: CommentRow): QueueItem['post'] {
    const id = idText(post);
    const titled = titleOf(this.#views, id) ?? { slug: id, title: '' };
    const site = titled.url === undefined ? {} : { site: siteNameOf(this.#site.now(), titled.url) };
    return { id, ...titled, ...site };
  }
}

function charactersOf({ comment, parent, reports }: QueueItem): number {
  const texts = [comment, parent].flatMap((one) => [one?.body, one?.bodyHtml]);
  return [...texts, ...reports.map(({ note }) => note)].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function textsIn(json: string): readonly string[] {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.map(String) : [];
}

function statusOf(text: string): CommentStatus {
  return COMMENT_STATUSES.find((status) => status === text) ?? 'visible';
}

function reasonOf(text: string): ReportReason {
  return REPORT_REASONS.find((reason) => reason === text) ?? 'other';
}
