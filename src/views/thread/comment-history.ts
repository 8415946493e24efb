import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Author, Revision } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../../libs/event-store/index.ts';
import { DomainError, isErased, isUuid } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import type { CommentStatus } from '../../domain/comment/comment.events.ts';
import { STATUS_AFTER } from '../../domain/comment/decision.events.ts';
import { MemberDirectory } from '../members/member-directory.ts';
import { openNewest } from '../newest.ts';
import { textIn } from '../rows.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { importedAuthor } from './comment-texts.ts';
import { GetCommentHistory } from './thread.query-types.ts';
import { visibleComment } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';
import { withheldFrom, withheldOfComment } from './withheld-texts.ts';
import { wordDiff } from './word-diff.ts';

const EVENT_TYPES = [
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
] as const;
type CommentStep = StoredOf<(typeof EVENT_TYPES)[number]>;

/** Null for what changes nothing that readers see: moderators are told of that elsewhere. */
function kindOf(event: CommentStep): Revision['kind'] | null {
  switch (event.type) {
    case 'CommentPosted.v1':
      return 'posted';
    case 'CommentEdited.v1':
      return 'edited';
    case 'CommentHeld.v2':
      return 'held';
    case 'CommentRemoved.v1':
      return 'removed';
    case 'CommentRestored.v1':
      return 'restored';
    case 'CommentJudged.v1':
      return kindBecoming(STATUS_AFTER[event.data.measure]);
    case 'CommentDecided.v1':
      return event.data.from === event.data.to ? null : kindBecoming(event.data.to);
    default:
      return event satisfies never;
  }
}

function kindBecoming(status: CommentStatus | null): Revision['kind'] | null {
  switch (status) {
    case 'visible':
      return 'restored';
    case 'held':
    case 'rejected':
    case 'removed':
      return status;
    case 'erased':
    case null:
      return null;
    default:
      return status satisfies never;
  }
}

function isText({ type }: CommentStep): boolean {
  return type === 'CommentPosted.v1' || type === 'CommentEdited.v1';
}

/**
 * A comment's revisions from the log: everybody's to read while it is visible, moderators' always. Of a text that is withheld
 * from this viewer (public-texts.ts) the revision is told without its words, and so is what changed from it to the next.
 */
@QueryHandler(GetCommentHistory)
export class GetCommentHistoryHandler implements IQueryHandler<GetCommentHistory> {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #views: Views;
  readonly #members: MemberDirectory;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(VAULT) vault: Vault,
    @Inject(VIEWS) views: Views,
    @Inject(MemberDirectory) members: MemberDirectory,
  ) {
    this.#store = store;
    this.#vault = vault;
    this.#views = views;
    this.#members = members;
  }

  /** Throws DomainError `comment_not_found`, also for those who may not see it. */
  async execute({ commentId, viewer }: GetCommentHistory): Promise<readonly Revision[]> {
    const withheld = this.#withheld(commentId, viewer);
    const revisions: Revision[] = [];
    let text: string | null = null;
    for await (const stored of this.#store.readStream(`comment-${commentId}`)) {
      const { event, personal: opened } = await openNewest(stored, this.#vault);
      const kind = isOneOf(event, EVENT_TYPES) ? kindOf(event) : null;
      if (kind === null || !isOneOf(event, EVENT_TYPES)) continue;
      const personal = isErased(opened) ? null : opened;
      const body = personal && !withheld.has(stored.position) ? textIn(personal, 'body') : null;
      const diff = event.type === 'CommentEdited.v1' && text !== null && body !== null ? wordDiff(text, body) : null;
      const by = await this.#author(event, { personal, viewer });
      revisions.push({
        revision: Number(event.revision),
        kind,
        at: event.occurredAt,
        by,
        body,
        diff,
      });
      if (body !== null || isText(event)) text = body;
    }
    return revisions;
  }

  /** Positions of the texts that this viewer may not read. Throws as execute. */
  #withheld(commentId: string, viewer: Viewer): ReadonlySet<bigint> {
    return reading(this.#views.db('thread'), (db) => {
      const found = isUuid(commentId) ? visibleComment(db, commentId, viewer) : null;
      const isPublic = found?.row.status === STATUS.visible && found.row.shadow === 0;
      if (found === null || !(isPublic || seesHidden(viewer))) {
        throw new DomainError('comment_not_found', 'There is no such comment.');
      }
      return withheldFrom(viewer, withheldOfComment(db, found.post, found.row), found.row);
    });
  }

  /** Who moderated is for moderators to know. */
  async #author(
    event: CommentStep,
    { personal, viewer }: { personal: object | null; viewer: Viewer },
  ): Promise<Author | null> {
    switch (event.type) {
      case 'CommentPosted.v1':
        if (event.data.authorId !== null) return this.#members.author(event.data.authorId);
        return personal && importedAuthor(personal);
      case 'CommentEdited.v1':
        return this.#members.author(event.actor);
      case 'CommentRemoved.v1':
        return event.data.by === 'author' || seesHidden(viewer) ? this.#members.author(event.actor) : null;
      case 'CommentHeld.v2':
      case 'CommentRestored.v1':
      case 'CommentDecided.v1':
        return seesHidden(viewer) ? this.#members.author(event.actor) : null;
      case 'CommentJudged.v1':
        return null;
      default:
        return event satisfies never;
    }
  }
}
