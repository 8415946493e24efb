import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Signer } from '../../libs/transparency/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { Proving } from '../acts/proving/proving.ts';
import { auditSigner, originOf } from './audit-key.ts';
import type { ForumTree } from './forum-tree.ts';
import type { WritingLog } from './open-log.ts';

/**
 * The answers about the log's tree. The forum's name is known once it listens, and its secrets once a shared log is
 * reached.
 */
export function provingProvider(
  { config, secrets, store }: WritingLog,
  { tree, kept, keys }: ForumTree,
): FactoryProvider {
  return {
    provide: Proving,
    inject: [QueryBus, PublicAddress],
    useFactory: (queries: QueryBus, address: PublicAddress) => {
      let known: { readonly origin: string; readonly signer: Signer } | undefined;
      return new Proving({
        tree,
        head: () => store.head(),
        signer: () => {
          const { origin } = address;
          if (known?.origin !== origin) known = { origin, signer: auditSigner(config, secrets, originOf(address)) };
          return known.signer;
        },
        keys,
        queries,
        kept,
      });
    },
  };
}
