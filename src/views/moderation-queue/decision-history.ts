import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Author, FrozenDecision, ReportReason } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../../libs/event-store/index.ts';
import { DomainError, isErased, isUuid } from '../../../libs/kernel/index.ts';
import { renderComment } from '../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import type { Seen } from '../../domain/comment/decision.events.ts';
import { idBytes } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { openNewest } from '../newest.ts';
import { type OpenedText, readability, textOf } from '../sealed-text.ts';
import { isOneOf } from '../stored.ts';
import { importedAuthor } from '../thread/door/comment-texts.ts';
import { GetFrozenDecision } from './queue.query-types.ts';
import { decisionById, reportsOn } from './queue.reads.ts';
import { QueuePresenter } from './queue-presenter.ts';

const TEXTS = ['CommentPosted.v1', 'CommentEdited.v1'] as const;
type Surrounding = FrozenDecision['surroundings'][number];

/** A ruling as its moderator saw it: every comment on the screen in the text that it had then, from the log. */
@QueryHandler(GetFrozenDecision)
export class GetFrozenDecisionHandler implements IQueryHandler<GetFrozenDecision> {
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #members: MemberDirectory;
  readonly #presenter: QueuePresenter;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(VAULT) vault: Vault,
    @Inject(MemberDirectory) members: MemberDirectory,
    @Inject(QueuePresenter) presenter: QueuePresenter,
  ) {
    this.#views = views;
    this.#store = store;
    this.#vault = vault;
    this.#members = members;
    this.#presenter = presenter;
  }

  async execute({ decisionId }: GetFrozenDecision): Promise<FrozenDecision> {
    const db = this.#views.db('moderation-queue');
    const row = isUuid(decisionId) ? decisionById(db, decisionId) : undefined;
    if (!row) throw new DomainError('not_found', 'There is no such decision.');
    const seen = seenIn(row.seen);
    const [decision, reports, surroundings] = await Promise.all([
      this.#presenter.decision(row),
      this.#reports(row.comment, seen),
      Promise.all(seen.surroundings.map((place) => this.#asItWas(place))),
    ]);
    return { ...decision, policyVersion: seen.policyVersion, reports, surroundings };
  }

  async #reports(comment: Buffer, { reports }: Seen): Promise<FrozenDecision['reports']> {
    const rows = reportsOn(this.#views.db('moderation-queue'), comment).filter(({ member, revision }) =>
      reports.some((report) => report.revision === revision && idBytes(report.memberId).equals(member)),
    );
    return (await this.#presenter.reports(rows)).map(({ outcome: _, weight: __, ...report }) => report);
  }

  /** The newest text up to that revision. */
  async #asItWas({ commentId, revision }: Seen['surroundings'][number]): Promise<Surrounding> {
    let author: Author | null = null;
    let body: OpenedText = { text: null };
    for await (const stored of this.#store.readStream(`comment-${commentId}`)) {
      if (stored.revision > BigInt(revision)) break;
      const { event, personal } = await openNewest(stored, this.#vault);
      if (!isOneOf(event, TEXTS)) continue;
      const opened = personal === null || isErased(personal) ? null : personal;
      body = textOf(personal, 'body');
      if (event.type === 'CommentPosted.v1') author = await this.#author(event.data.authorId, opened);
    }
    const { text } = body;
    const bodyHtml = text === null ? null : renderComment(text);
    return { commentId, revision, author, body: text, bodyHtml, ...readability(body) };
  }

  #author(authorId: string | null, opened: object | null): Promise<Author | null> | Author | null {
    if (authorId !== null) return this.#members.author(authorId);
    return opened && importedAuthor(opened);
  }
}

/** As the decider wrote it. */
function seenIn(json: string): Seen {
  const seen: Seen & { reports: readonly { reason: ReportReason }[] } = JSON.parse(json);
  return seen;
}
