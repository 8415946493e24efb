import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Comment } from '../../../libs/client/index.ts';
import type { Command } from '../../../libs/kernel/index.ts';
import { growingTo } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { LookPlace } from '../../../libs/words/index.ts';
import { commandMeta, type Principal } from '../../access/principal.ts';
import { RecordExport, RecordLook } from '../../domain/look/look.commands.ts';
import type { Exported, SeenText } from '../../domain/look/look.events.ts';

/** Milliseconds within which one person's look at the same text in the same place counts once. */
export const SAME_LOOK_MS = 15 * 60_000;
/** The number of looks that are remembered; beyond it the oldest are recorded again when they are repeated. */
const MOST_REMEMBERED = 50_000;

/** A look that is about to happen: the place, what was asked for, and the members and texts that it shows. */
export interface Look {
  readonly place: LookPlace;
  /** A decision, a position or a filter, when more than the place was asked for. */
  readonly subject?: string | null;
  /** Comments that may be hidden from readers; those of the person who looks are left out. */
  readonly comments?: readonly Comment[];
  /** Hidden texts, named by their comments and revisions. */
  readonly texts?: readonly SeenText[];
  readonly members?: readonly string[];
}

type Named = Pick<RecordLook['data'], 'texts' | 'members'>;

/**
 * Records what moderators, auditors and admins see that readers do not, and what is exported. Every way in calls it
 * before it answers; what cannot be recorded is not shown (DomainError `storage_unavailable`).
 */
export class Looks {
  readonly #commands: Commands;
  /**
   * The looks recorded or being recorded, by person and thing, so that of two looks at once neither shows what is not
   * yet recorded.
   */
  readonly #known = new LRUCache<string, Promise<unknown>>({
    ...growingTo(MOST_REMEMBERED),
    ttl: SAME_LOOK_MS,
    perf: { now: () => performance.now() },
  });

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  /**
   * Records one event for the request, which names everything that this person was not shown within SAME_LOOK_MS.
   * Records nothing when there is nothing new, or when all hidden texts are the person's own. Throws DomainError
   * `storage_unavailable`.
   */
  async looked(principal: Principal, look: Look): Promise<void> {
    const { memberId } = principal;
    const texts = [...hiddenOf(look.comments ?? [], memberId), ...(look.texts ?? [])];
    const members = (look.members ?? []).filter((id) => id !== memberId);
    const names = look.comments ?? look.texts ?? look.members;
    if (names !== undefined && texts.length + members.length === 0) return;
    const once = new Map(texts.map((text) => [`${text.commentId} ${text.revision}`, text]));
    await this.#record(principal, look, { texts: [...once.values()], members: [...new Set(members)] });
  }

  /** A look where only comments can be hidden, for anybody. */
  async atComments(principal: Principal | null, place: LookPlace, comments: readonly Comment[]): Promise<void> {
    if (principal !== null) await this.looked(principal, { place, comments });
  }

  /** A look at texts of a comment that readers do not see, named by their revisions. */
  async atTexts(principal: Principal | null, commentId: string, revisions: readonly number[]): Promise<void> {
    const texts = revisions.map((revision) => ({ commentId, revision }));
    if (principal !== null) await this.looked(principal, { place: 'history', texts });
  }

  /** Records each export as one event, repeated or not. Throws DomainError `storage_unavailable`. */
  async exported(principal: Principal, taken: Omit<Exported['data'], 'exportId' | 'memberId'>): Promise<void> {
    const exportId = randomUUID();
    const { memberId } = principal;
    await this.#send(new RecordExport({ exportId, memberId, ...taken }, commandMeta(principal, exportId)));
  }

  /** Counts once for a while: a person's look at one text in one place, or at one thing asked for there. */
  async #record(principal: Principal, { place, subject = null }: Look, shown: Named): Promise<void> {
    const { memberId } = principal;
    const keyOf = (thing: string): string => `${memberId} ${place} ${thing}`;
    const keyOfText = ({ commentId, revision }: SeenText): string => keyOf(`${commentId} ${revision ?? subject}`);
    const named = [...shown.texts.map(keyOfText), ...shown.members.map(keyOf)];
    const keys = named.length > 0 ? named : [keyOf(subject ?? '')];
    const fresh = new Set(keys.filter((key) => !this.#known.has(key)));
    const underWay = keys.flatMap((key) => this.#known.get(key) ?? []);
    if (fresh.size > 0) {
      const texts = shown.texts.filter((text) => fresh.has(keyOfText(text)));
      const members = shown.members.filter((id) => fresh.has(keyOf(id)));
      underWay.push(this.#remember([...fresh], this.#sendLook(principal, { place, subject, texts, members })));
    }
    await Promise.all(new Set(underWay));
  }

  /** A look that could not be recorded did not happen, so it is forgotten. */
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

/** The comments that readers do not see, without the member's own. */
function hiddenOf(comments: readonly Comment[], memberId: string): readonly SeenText[] {
  return comments
    .filter(({ status, body, author }) => status !== 'visible' && body !== null && author?.id !== memberId)
    .map(({ id, revision }) => ({ commentId: id, revision }));
}
