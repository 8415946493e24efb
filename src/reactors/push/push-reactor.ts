import { createHash } from 'node:crypto';
import { type CommandMeta, DomainError, deriveId, type Position, Slices } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { PushFault, type PushTransport } from '../../../libs/push/port.ts';
import type { PushOutcome } from '../../../libs/words/index.ts';
import { RecordPushFault, SettlePush } from '../../domain/push/push.commands.ts';
import type { PushedComment } from '../../domain/push/push.events.ts';
import { UnsubscribePush } from '../../domain/push/subscription.commands.ts';
import {
  type DuePush,
  GetPushWork,
  GetShownPushes,
  type PushOnDevice,
  type PushWork,
  pushChanges,
  type ReadingPlace,
  type Subscription,
} from '../../views/push/push.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';
import type { PushMessage } from './push-message.ts';

/** The pushes that are looked for at once. */
const PUSHES_A_TURN = 100;
/** Seconds for which a push service keeps a push for a device that is away. */
const TTL = 86_400;
/** The reason of a fault before the push was on its way. */
const COMPOSING = 'COMPOSING';
/** The reason of a push that waits for the end of its member's quiet hours. */
const QUIET = 'QUIET';

/** What a push is to say, as things stand now. */
export interface ComposedPush {
  /** Null where there is nothing to say. */
  readonly message: PushMessage | null;
  readonly told: readonly PushedComment[];
  /** Whether anything is left to tell: what was read or taken away meanwhile is not. */
  readonly isLeft: boolean;
}

export interface PushParts {
  readonly commands: Commands;
  readonly work: (query: GetPushWork) => Promise<PushWork>;
  readonly shown: (query: GetShownPushes) => Promise<readonly PushOnDevice[]>;
  /** The position that all views have come to. */
  readonly position: () => Position;
  /** Null for a device that is told no more. */
  readonly subscription: (subscriptionId: string) => Promise<Subscription | null>;
  readonly compose: (push: DuePush) => Promise<ComposedPush>;
  /** When the quiet hours end that the moment falls into; the moment itself outside of them. */
  readonly quietUntil: (memberId: string, now: number) => Promise<number>;
  readonly transport: PushTransport;
  readonly onPush: (told: PushOutcome | 'gone' | 'failed') => void;
  readonly onProblem: (reason: string) => void;
}

/**
 * Sends the pushes that are due. A push is recorded as sent after its push service has taken it, so a server that dies
 * between the two sends it once more, under the same topic and tag, where it takes its own place. What a device shows and its
 * member has read elsewhere is taken back in the same way.
 */
export class PushReacting implements Reacting<DuePush> {
  /** Push services answer in a fraction of a second each. */
  readonly atOnce = 16;
  readonly #parts: PushParts;
  /** Up to here no push on a device was read whole; a node that begins looks once at all that were read lately. */
  #unread: ReadingPlace | null = null;

  constructor(parts: PushParts) {
    this.#parts = parts;
  }

  /** Nothing is pushed about but what the telling of members asks for, so there is no work of before the first lease. */
  async look(): Promise<WorkSeen<DuePush>> {
    const work = await this.#parts.work(new GetPushWork(Date.now(), PUSHES_A_TURN));
    const { read, isWhole } = await this.#readOnes();
    const nextAt = isWhole ? work.nextAt : Date.now();
    return { ...work, due: [...work.due, ...read], nextAt, isNew: false };
  }

  /** The pushes of which nothing is left to read; `isWhole` when there are no others to look at. */
  async #readOnes(): Promise<{ readonly read: readonly DuePush[]; readonly isWhole: boolean }> {
    const { shown, position } = this.#parts;
    const seen = await shown(new GetShownPushes(this.#unread, position(), PUSHES_A_TURN));
    const read: DuePush[] = [];
    const slices = new Slices();
    for (const { place, ...push } of seen) {
      await slices.pause();
      if (await this.#isLeft(push)) this.#unread = read.length === 0 ? place : this.#unread;
      else read.push(push);
    }
    return { read, isWhole: seen.length < PUSHES_A_TURN };
  }

  /** One that cannot be composed is dealt with as others are when they are sent; it must not keep them waiting. */
  async #isLeft(push: DuePush): Promise<boolean> {
    try {
      return (await this.#parts.compose(push)).isLeft;
    } catch (error) {
      if (isOfTheForum(error)) throw error;
      return false;
    }
  }

  concerns(projected: readonly Projected[]): boolean {
    return pushChanges(projected).length > 0 || projected.some(({ view, renewed }) => renewed && view === 'push');
  }

  async act(push: DuePush, isClosing: () => boolean): Promise<Position> {
    try {
      const device = await this.#parts.subscription(push.subscriptionId);
      if (device === null) return await this.#settle(push, 'nothing', []);
      const { message, told, isLeft } = await this.#parts.compose(push);
      if (message === null) return await this.#settle(push, 'nothing', []);
      const quietMs = message.quiet ? 0 : await this.#quietMs(push);
      if (quietMs > 0) return await this.#wait(push, QUIET, quietMs);
      await this.#send(device, message);
      return await this.#settle(push, isLeft ? 'sent' : 'withdrawn', told);
    } catch (error) {
      if (isOfTheForum(error) || (isClosing() && !(error instanceof PushFault))) throw error;
      return this.#failed(push, error);
    }
  }

  async #quietMs({ memberId }: DuePush): Promise<number> {
    const now = Date.now();
    return (await this.#parts.quietUntil(memberId, now)) - now;
  }

  #send({ endpoint, p256dh, auth }: Subscription, message: PushMessage): Promise<void> {
    const text = JSON.stringify(message);
    const content = { text, topic: topicOf(message.tag), ttl: TTL, urgency: 'normal' } as const;
    return this.#parts.transport.send({ endpoint, p256dh, auth }, content);
  }

  async #settle({ pushId, round }: DuePush, outcome: PushOutcome, told: readonly PushedComment[]): Promise<Position> {
    const wish = new SettlePush({ pushId, outcome, round, told }, metaOf(pushId, `settled ${round}`));
    const { position } = await this.#parts.commands.execute(wish);
    this.#parts.onPush(outcome);
    return position;
  }

  async #wait({ pushId }: DuePush, reason: string, waitMs: number): Promise<Position> {
    const fault = { pushId, reason, isFinal: false, waitMs };
    const wish = new RecordPushFault(fault, metaOf(pushId, `failed ${Date.now()}`));
    return (await this.#parts.commands.execute(wish)).position;
  }

  /** A push that cannot be composed is a fault of the program; it must not keep the others waiting. */
  async #failed({ pushId, memberId, subscriptionId }: DuePush, error: unknown): Promise<Position> {
    const { commands, onPush, onProblem } = this.#parts;
    const fault = error instanceof PushFault ? error : new PushFault(COMPOSING, { kind: 'later', cause: error });
    if (fault.kind === 'gone') {
      const by = { memberId, roles: [] };
      const wish = new UnsubscribePush(
        { by, subscriptionId, because: 'gone', inSession: null },
        metaOf(pushId, 'gone'),
      );
      const { position } = await commands.execute(wish);
      onPush('gone');
      return position;
    }
    onProblem(`push ${pushId} failed: ${fault.reason}${wordsOf(fault)}`);
    onPush('failed');
    const { reason, waitMs } = fault;
    const failure = { pushId, reason, isFinal: fault.kind === 'final', waitMs };
    const wish = new RecordPushFault(failure, metaOf(pushId, `failed ${Date.now()}`));
    return (await commands.execute(wish)).position;
  }
}

/** A push that waits for its device gives way to what is sent in its place. */
function topicOf(tag: string): string {
  return createHash('sha256').update(tag).digest('base64url').slice(0, 32);
}

/** The log or the views cannot do their part now: nothing is recorded, and everything is tried again soon. */
function isOfTheForum(error: unknown): boolean {
  return error instanceof DomainError && error.retryAfterSeconds !== undefined;
}

/** A push service's words may name the device, so only those of a fault of the program are told. */
function wordsOf({ reason, cause }: PushFault): string {
  return reason === COMPOSING && cause instanceof Error ? `: ${cause.message}` : '';
}

function metaOf(pushId: string, what: string): CommandMeta {
  return systemMeta(deriveId(pushId, what), pushId);
}
