import { randomUUID } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import type { Comment } from '../../../libs/client/index.ts';
import type { Command } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import { RecordExport, RecordLook } from '../../domain/look/look.commands.ts';
import type { Exported, LookPlace } from '../../domain/look/look.events.ts';
import { GetComment } from '../../views/thread/thread.query-types.ts';
import { seesHidden } from '../../views/viewer.ts';
import { commandMeta, type Principal, viewerOf } from './principal.ts';

/** The same person's look at the same thing within so long is the same look. */
export const SAME_LOOK_MS = 15 * 60_000;
/** Looks that are remembered; of more, the oldest are recorded again when they are repeated. */
const MOST_REMEMBERED = 50_000;

/** What is about to be shown: where, what was asked for, and of whom and what it tells. */
export interface Look {
  readonly place: LookPlace;
  /** A decision, a position, a filter: what was asked for, when that is more than the place. */
  readonly subject?: string | null;
  /** Those that readers do not see; whoever wrote one of them is left out when it is the one who looks. */
  readonly comments?: readonly Comment[];
  /** Hidden comments of which no more is at hand than the id. */
  readonly commentIds?: readonly string[];
  readonly members?: readonly string[];
}

type Named = Pick<RecordLook['data'], 'comments' | 'members'>;

/**
 * The record of what moderators, auditors and admins are shown that readers are not, and of what is exported. Every way in
 * calls it before it answers; what cannot be recorded is not shown (DomainError `storage_unavailable`).
 */
export class Looks {
  readonly #commands: Commands;
  readonly #queries: Pick<QueryBus, 'execute'>;
  /** Per person and thing: done, or about to be, so that of two looks at once neither shows what is not yet recorded. */
  readonly #known = new LRUCache<string, Promise<unknown>>({
    max: MOST_REMEMBERED,
    ttl: SAME_LOOK_MS,
    perf: { now: () => performance.now() },
  });

  constructor(commands: Commands, queries: Pick<QueryBus, 'execute'>) {
    this.#commands = commands;
    this.#queries = queries;
  }

  /**
   * One event for the request, which names what this person was not shown within SAME_LOOK_MS. None when that is nothing,
   * or when all that could be hidden is the person's own. Throws DomainError `storage_unavailable`.
   */
  async looked(principal: Principal, look: Look): Promise<void> {
    const { memberId } = principal;
    const comments = [...hiddenOf(look.comments ?? [], memberId), ...(look.commentIds ?? [])];
    const members = (look.members ?? []).filter((id) => id !== memberId);
    const names = look.comments ?? look.commentIds ?? look.members;
    if (names !== undefined && comments.length + members.length === 0) return;
    await this.#record(principal, look, { comments: [...new Set(comments)], members: [...new Set(members)] });
  }

  /** The same where comments are the only thing that could be hidden, and for whoever comes. */
  async atComments(principal: Principal | null, place: LookPlace, comments: readonly Comment[]): Promise<void> {
    if (principal !== null) await this.looked(principal, { place, comments });
  }

  /** All texts of a comment: of one that readers do not see, a moderator is shown them too. Throws comment_not_found. */
  async atHistory(principal: Principal | null, commentId: string): Promise<void> {
    const viewer = viewerOf(principal);
    if (!seesHidden(viewer)) return;
    await this.atComments(principal, 'history', [await this.#queries.execute(new GetComment(commentId, viewer))]);
  }

  /** Each export is one event, repeated or not. Throws DomainError `storage_unavailable`. */
  async exported(principal: Principal, taken: Omit<Exported['data'], 'exportId' | 'memberId'>): Promise<void> {
    const exportId = randomUUID();
    const { memberId } = principal;
    await this.#send(new RecordExport({ exportId, memberId, ...taken }, commandMeta(principal, exportId)));
  }

  async #record(principal: Principal, { place, subject = null }: Look, shown: Named): Promise<void> {
    const { memberId } = principal;
    const isNamed = shown.comments.length + shown.members.length > 0;
    const keyOf = isNamed ? (id: string) => `${memberId} ${id}` : () => `${memberId} ${place} ${subject ?? ''}`;
    const things = isNamed ? [...shown.comments, ...shown.members] : [place];
    const keys = things.map(keyOf);
    const fresh = new Set(keys.filter((key) => !this.#known.has(key)));
    const underWay = keys.flatMap((key) => this.#known.get(key) ?? []);
    if (fresh.size > 0) {
      const isFresh = (id: string): boolean => fresh.has(keyOf(id));
      const named = { comments: shown.comments.filter(isFresh), members: shown.members.filter(isFresh) };
      underWay.push(this.#remember([...fresh], this.#sendLook(principal, { place, subject, ...named })));
    }
    await Promise.all(new Set(underWay));
  }

  /** What could not be recorded was not looked at. */
  #remember(keys: readonly string[], recording: Promise<unknown>): Promise<unknown> {
    for (const key of keys) this.#known.set(key, recording);
    recording.catch(() => {
      for (const key of keys) if (this.#known.peek(key) === recording) this.#known.delete(key);
    });
    return recording;
  }

  #sendLook(principal: Principal, look: Omit<RecordLook['data'], 'lookId' | 'memberId'>): Promise<unknown> {
    const lookId = randomUUID();
    const { memberId } = principal;
    return this.#send(new RecordLook({ lookId, memberId, ...look }, commandMeta(principal, lookId)));
  }

  #send(command: Command): Promise<unknown> {
    return this.#commands.execute(command);
  }
}

/** Whose text is there and which readers are not shown. */
function hiddenOf(comments: readonly Comment[], memberId: string): readonly string[] {
  return comments
    .filter(({ status, body, author }) => status !== 'visible' && body !== null && author?.id !== memberId)
    .map(({ id }) => id);
}
