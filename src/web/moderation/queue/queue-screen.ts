import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { LogEntry, QueueItem } from '../../../../libs/client/index.ts';
import { type DomainError, isUuid } from '../../../../libs/kernel/index.ts';
import { QUEUE_LISTS, type QueueListName } from '../../../../libs/words/index.ts';
import { memberOf } from '../../../access/request.ts';
import { Claims } from '../../../acts/claims.ts';
import { GuestAddresses } from '../../../acts/guest-addresses.ts';
import { lookAtCase, lookAtQueue } from '../../../acts/looks/look-at.ts';
import { type Look, Looks } from '../../../acts/looks/looks.ts';
import { GetModerationLog } from '../../../views/moderation-log/log.query-types.ts';
import {
  type Case,
  GetBulk,
  GetCase,
  GetDecision,
  GetQueue,
} from '../../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import { Frames } from '../../shell/frames.ts';
import { messagesOf } from '../../shell/message-files.ts';
import { oneOf } from '../../shell/one-of.ts';
import { textIn } from '../../shell/paths.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { sendPage } from '../../shell/send-page.ts';
import { decidedElsewhere } from '../decision/decision-text.ts';
import { siteIn } from '../site-choice.ts';
import { type QueueShown, queueHref } from './queue-list.tsx';
import { type JustDecided, ModerationQueuePage, type NotDecided } from './queue-page.tsx';
import { caseHref } from './queue-row.tsx';

/** The cases on a page of the list: as many as a screen shows without becoming slow. */
const ITEMS_A_PAGE = 50;

interface ScreenWish {
  /** The list, its page and the decision just made, from a query string or form. */
  readonly query: unknown;
  /** Null for the first case of the list. */
  readonly commentId: string | null;
  readonly refusal?: Refused;
}

interface Refused extends Omit<NotDecided, 'reason'> {
  readonly error: DomainError;
}

/** Puts the list and a case of it together, for the first look and after a refused decision alike. */
@Injectable()
export class QueueScreen {
  readonly #frames: Frames;
  readonly #queries: QueryBus;
  readonly #looks: Looks;
  readonly #claims: Claims;
  readonly #addresses: GuestAddresses;

  constructor(
    @Inject(Frames) frames: Frames,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Looks) looks: Looks,
    @Inject(Claims) claims: Claims,
    @Inject(GuestAddresses) addresses: GuestAddresses,
  ) {
    this.#frames = frames;
    this.#queries = queries;
    this.#looks = looks;
    this.#claims = claims;
    this.#addresses = addresses;
  }

  /** Throws DomainError comment_not_found, invalid (cursor). */
  async send(
    { query, commentId, refusal }: ScreenWish,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const [shown, decided] = await Promise.all([this.#shown(query), this.#decided(query, memberOf(request).memberId)]);
    const here = commentId === null ? queueHref(shown) : caseHref(commentId, shown);
    const frame = this.#frames.of(request, here);
    const chosen = commentId ?? this.#first(shown, frame)?.comment.id ?? null;
    const found = chosen === null ? null : await this.#queries.execute(new GetCase(chosen));
    await this.#looks.looked(memberOf(request), lookAtScreen(shown, found));
    const notDecided = refusal ? { ...refusal, reason: refusalIn(frame, refusal) } : null;
    const face = commentId === null ? 'list' : 'case';
    const messages = messagesOf(frame.translator);
    const seen = found && (await this.#addresses.added(found, memberOf(request)));
    const claimed = seen && { ...seen, claim: this.#claims.of(seen.comment.id) };
    const purge = found && (await this.#purgeOf(found));
    const page = h(ModerationQueuePage, { frame, shown, found: claimed, purge, face, decided, notDecided, messages });
    await sendPage(page, { request, reply, status: refusal?.error.status ?? 200 });
  }

  /** Why the text of the case is gone, as the log tells it; null for one that nobody purged. */
  async #purgeOf({ comment: { id: commentId, status } }: Case): Promise<LogEntry | null> {
    if (status !== 'erased') return null;
    const wish = new GetModerationLog({ kind: 'comment-purged', commentId }, { limit: 1, cursor: null });
    return (await this.#queries.execute(wish)).items[0] ?? null;
  }

  /** The most urgent case that nobody else looks at, or else the most urgent one. */
  #first({ items }: QueueShown, { member }: Frame): QueueItem | undefined {
    return items.find(({ claim }) => claim === null || claim.by.id === member?.id) ?? items[0];
  }

  async #shown(query: unknown): Promise<QueueShown> {
    const asked = oneOf(QUEUE_LISTS, textIn(query, 'list'));
    const [cursor, site] = [textIn(query, 'cursor') || null, siteIn(query)];
    const read = (name: QueueListName) =>
      this.#queries.execute(new GetQueue(name, { limit: ITEMS_A_PAGE, cursor }, site));
    const first = await read(asked ?? 'reported');
    // Who asks for no list comes for what waits, wherever that is.
    const isElsewhere = asked === undefined && first.counts.reported === 0 && first.counts.held > 0;
    const list = isElsewhere ? 'held' : (asked ?? 'reported');
    const { items, counts, next } = isElsewhere ? await read(list) : first;
    const claimed = items.map((item) => ({ ...item, claim: this.#claims.of(item.comment.id) }));
    return { list, items: claimed, counts, cursor, next, site };
  }

  /** The author's name is shown to the moderator who decided: it is a part of the decision's answer, and no look. */
  async #decided(query: unknown, memberId: string): Promise<JustDecided | null> {
    const [done, bulkId] = [textIn(query, 'done'), textIn(query, 'bulk')];
    if (isUuid(done)) {
      const decision = await this.#queries.execute(new GetDecision(done)).catch(() => null);
      if (decision === null) return null;
      const read = decision.by?.id === memberId ? new GetCase(decision.commentId) : null;
      const author = read && (await this.#queries.execute(read)).comment.author?.displayName;
      return { decisions: [decision], bulkId: null, author: author ?? null, refused: 0 };
    }
    if (!isUuid(bulkId)) return null;
    const decisions = await this.#queries.execute(new GetBulk(bulkId));
    return { decisions, bulkId, author: null, refused: Number(/^\d{1,3}$/.exec(textIn(query, 'refused'))?.[0] ?? 0) };
  }
}

/** The list and the case beside it are one look. */
function lookAtScreen({ list, items }: QueueShown, found: Case | null): Look {
  const queue = lookAtQueue(list, items);
  if (found === null) return queue;
  const { comments = [], texts = [], ...look } = lookAtCase(found);
  return {
    ...look,
    comments: [...comments, ...(queue.comments ?? [])],
    texts: [...texts, ...(queue.texts ?? [])],
  };
}

/** A decision that does not fit the comment's present status was offered for an earlier one. */
function refusalIn({ translator, member }: Frame, { error, decision }: Refused): string {
  const wasChanged = error.code === 'stale_revision' || error.code === 'conflict';
  if (wasChanged) return translator.t('decide.changed');
  return decidedElsewhere(error, decision, { translator, member }) ?? reasonOf(error, translator);
}
