import type { QueryBus } from '@nestjs/cqrs';
import type { PushDevice, PushDevices, PushWish } from '../../libs/client/index.ts';
import { type CommandMeta, DomainError, deriveId, type Position, stepOf } from '../../libs/kernel/index.ts';
import { NOTIFICATION_KINDS, type NotificationWays, USUAL_WAYS, wholeWays } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import { ChooseNotifications } from '../domain/inbox/inbox.commands.ts';
import { SubscribePush, UnsubscribePush } from '../domain/push/subscription.commands.ts';
import { GetNotificationPreferences } from '../views/notifications/notifications.query-types.ts';
import {
  GetEndedSubscriptions,
  GetSubscription,
  GetSubscriptions,
  type Subscription,
} from '../views/push/push.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

/** What this forum sends pushes with. */
export interface PushPlace {
  /** The public key that browsers bind a device to, base64url. Throws DomainError storage_unavailable. */
  publicKey(): string;
  /** What is wrong with where a device is reached; null for nothing. */
  endpointFault(endpoint: string): string | null;
  /** What is wrong with its keys, by field; null for nothing. */
  keysFault(keys: Omit<PushWish, 'endpoint'>): { readonly field: string; readonly message: string } | null;
}

/** The injection token of PushPlace. */
export const PUSH_PLACE = Symbol('PushPlace');

/** Destroys the keys of the member's devices that are told no more. */
interface ForgetsDevices {
  forget(memberId: string, meta: CommandMeta): Promise<void>;
}

export interface PushDevicesParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly lookup: Pick<MemberLookup, 'requireShown'>;
  readonly forgetting: ForgetsDevices;
  readonly place: PushPlace;
}

interface Added {
  readonly subscriptionId: string;
  readonly by: Principal;
  readonly meta: CommandMeta;
}

/** The devices on which members are told by push. Everything throws DomainError. */
export class OwnPushDevices {
  readonly #parts: PushDevicesParts;

  constructor(parts: PushDevicesParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  async list(by: Principal): Promise<PushDevices> {
    const devices = await this.#standing(by);
    return { publicKey: this.#parts.place.publicKey(), devices: devices.map((one) => presented(one, by)) };
  }

  /**
   * The same device again is the same subscription, in the present session. Throws DomainError invalid, conflict where there
   * are too many, and unauthenticated where the session ended meanwhile.
   */
  async add(
    { endpoint, p256dh, auth }: PushWish,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly device: PushDevice; readonly position: Position }> {
    const { limits, writes, place, queries } = this.#parts;
    await limits.take('attention', by.memberId);
    const fault = place.endpointFault(endpoint);
    if (fault !== null) throw invalid('endpoint', fault);
    const keyFault = place.keysFault({ p256dh, auth });
    if (keyFault !== null) throw invalid(keyFault.field, keyFault.message);
    const { memberId, sessionId } = by;
    const subscriptionId = deriveId('push subscription', memberId, endpoint);
    const isFirst = (await this.#standing(by)).length === 0;
    const address = { endpoint, p256dh, auth };
    const ended = await queries.execute(new GetEndedSubscriptions(memberId));
    const [device, meta] = [deviceOf(asking.userAgent), metaOf(by, asking)];
    const wish = { by, subscriptionId, sessionId, address, device, ended };
    const { position } = await writes.send(new SubscribePush(wish, meta));
    await this.#requireSession({ subscriptionId, by, meta });
    if (ended.length > 0) await this.#parts.forgetting.forget(memberId, stepOf(meta, 'keys'));
    const begun = isFirst ? await this.#beginPush(by, asking) : null;
    // It may have been taken off since: it was added all the same.
    const added = await queries.execute(new GetSubscription(subscriptionId));
    const shown = added ?? { subscriptionId, addedAt: meta.now, device, sessionId };
    return { device: presented(shown, by), position: begun ?? position };
  }

  /**
   * A device is in a stream of its own, so it may come after the end of its session; the view shows it as ended then, and
   * here it goes. Throws DomainError unauthenticated.
   */
  async #requireSession({ subscriptionId, by, meta }: Added): Promise<void> {
    const { lookup, queries, writes, forgetting } = this.#parts;
    const { memberId, sessionId } = by;
    try {
      await lookup.requireShown({ memberId, meta });
      const ended = await queries.execute(new GetEndedSubscriptions(memberId));
      if (ended.some((one) => one.subscriptionId === subscriptionId && one.sessionId === sessionId)) throw isOver();
    } catch (refusal) {
      if (!(refusal instanceof DomainError) || refusal.code !== 'unauthenticated') throw refusal;
      const wish = { by, subscriptionId, because: 'session', inSession: sessionId } as const;
      await writes.send(new UnsubscribePush(wish, stepOf(meta, 'undo')));
      await forgetting.forget(memberId, stepOf(meta, 'keys'));
      throw refusal;
    }
  }

  /** Throws DomainError not_found for one that is not the member's own. */
  async remove(subscriptionId: string, by: Principal, asking: Asking): Promise<Position> {
    await this.#parts.limits.take('attention', by.memberId);
    const own = (await this.#standing(by)).some((one) => one.subscriptionId === subscriptionId);
    if (!own) throw notFound();
    const meta = metaOf(by, asking);
    const wish = new UnsubscribePush({ by, subscriptionId, because: 'member', inSession: null }, meta);
    const { position } = await this.#parts.writes.send(wish);
    await this.#parts.forgetting.forget(by.memberId, stepOf(meta, 'keys'));
    return position;
  }

  #standing({ memberId }: Principal): Promise<readonly Subscription[]> {
    return this.#parts.queries.execute(new GetSubscriptions(memberId));
  }

  /** Who takes a first device and has chosen push for nothing is told of what comes by mail usually. */
  async #beginPush(by: Principal, asking: Asking): Promise<Position | null> {
    const { queries, writes } = this.#parts;
    const { ways } = await queries.execute(new GetNotificationPreferences(by.memberId));
    if (NOTIFICATION_KINDS.some((kind) => ways[kind].includes('push'))) return null;
    const meta = commandMeta(by, deriveId(asking.commandId, 'push'), asking.correlationId);
    return (await writes.send(new ChooseNotifications({ by, wish: { ways: withPush(ways) } }, meta))).position;
  }
}

function withPush(ways: NotificationWays): NotificationWays {
  const told = NOTIFICATION_KINDS.map((kind) => [
    kind,
    USUAL_WAYS[kind].includes('mail') ? [...ways[kind], 'push'] : ways[kind],
  ]);
  return wholeWays(Object.fromEntries(told));
}

type Shown = Pick<Subscription, 'subscriptionId' | 'addedAt' | 'device' | 'sessionId'>;

/** The address and the keys are the browser's own matter. */
function presented({ subscriptionId, addedAt, device, sessionId }: Shown, by: Principal): PushDevice {
  return { id: subscriptionId, addedAt, device: device === '' ? null : device, current: sessionId === by.sessionId };
}

function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid', `The ${field} ${message}.`, [{ field, message }]);
}

function isOver(): DomainError {
  return new DomainError('unauthenticated', 'This session has ended. Sign in again.');
}

function notFound(): DomainError {
  return new DomainError('not_found', 'No such device of yours is told by push.');
}

function metaOf(by: Principal, { commandId, correlationId }: Asking): CommandMeta {
  return commandMeta(by, commandId, correlationId);
}
