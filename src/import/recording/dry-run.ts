import type { Recorded } from '../../../libs/nest-decider/index.ts';
import type { ImportTarget } from './import-run.ts';

const NOTHING: Recorded = { position: 0n, revision: 0n, repeated: false, facts: [] };

/** Reads what the forum has, and records nothing: each command is answered as if it had been new. */
export function dryTarget({ store, images, members, commentIndex }: ImportTarget): ImportTarget {
  return {
    store,
    members,
    ...(commentIndex !== undefined && { commentIndex }),
    commands: { execute: async () => NOTHING },
    publishing: {
      publish: async ({ postId = '', slug = '' }) => ({ postId, slug, position: 0n, repeated: false }),
    },
    images: {
      known: (imageId) => images.known(imageId),
      store: async ({ imageId }) => ({ imageId, width: 1, height: 1, animated: false }),
      sweep: async () => 0,
    },
  };
}
