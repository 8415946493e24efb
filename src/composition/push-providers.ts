import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { endpointFault, keysFault, type VapidKeys, vapidKeysFrom, vapidKeysOf } from '../../libs/push/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { OwnPushDevices, PUSH_PLACE, type PushPlace } from '../acts/push-devices.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { PushForgetting } from '../commands/push-forgetting.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** The injection token of the keys by which push services know the forum; they are asked for when they are needed. */
export const PUSH_KEYS = Symbol('PushKeys');

/**
 * PUSH_KEY, or a key derived from the secret that the forum keeps for good: shared by all nodes, backed up and restored with it.
 * Throws like the secrets.
 */
export function pushKeys({ pushKey }: Pick<Config, 'pushKey'>, secrets: Pick<Secrets, 'emailKey'>): () => VapidKeys {
  let keys: VapidKeys | null = pushKey === null ? null : vapidKeysOf(pushKey);
  return () => {
    keys ??= vapidKeysFrom(secrets.emailKey, 'colloquy push key');
    return keys;
  };
}

/** The providers for being told by push. */
export function pushProviders(config: Config, secrets: Secrets): FactoryProvider[] {
  return [
    { provide: PUSH_KEYS, useFactory: () => pushKeys(config, secrets) },
    {
      provide: PUSH_PLACE,
      inject: [PUSH_KEYS],
      useFactory: (keys: () => VapidKeys): PushPlace => ({
        publicKey: () => keys().publicKey,
        endpointFault: (endpoint) => endpointFault(endpoint, config.pushServices),
        keysFault,
      }),
    },
    {
      provide: OwnPushDevices,
      inject: [ForumWrites, RateLimits, QueryBus, MemberLookup, PushForgetting, PUSH_PLACE],
      useFactory: (
        ...[writes, limits, queries, lookup, forgetting, place]: [
          ForumWrites,
          RateLimits,
          QueryBus,
          MemberLookup,
          PushForgetting,
          PushPlace,
        ]
      ) => new OwnPushDevices({ writes, limits, queries, lookup, forgetting, place }),
    },
  ];
}
