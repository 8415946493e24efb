import { LRUCache } from 'lru-cache';
import { growingTo } from '../../kernel/index.ts';

/** Ids that are remembered: more than a node appends in hours. */
const REMEMBERED = 100_000;

interface Place {
  readonly stream: string;
  readonly revision: bigint;
}

/**
 * The places at which this node's appends have put ids. The database recognises a repeat only at the same place of the
 * same stream, and accepts the same id anywhere else; so a node itself refuses an id that it remembers from another
 * place.
 */
export class KnownIds {
  readonly #places = new LRUCache<string, Place>(growingTo(REMEMBERED));
  readonly #underWay = new Map<string, Promise<unknown>>();

  /**
   * Runs the append that puts the ids into the stream from a revision on, once no other append with one of them is
   * under way. Answers `elsewhere`, without running it, when one of them is known from another place.
   */
  async putting<Answer>(
    { ids, stream, first }: { readonly ids: readonly string[]; readonly stream: string; readonly first: bigint },
    append: () => Promise<Answer>,
  ): Promise<Answer | 'elsewhere'> {
    for (let other = this.#other(ids); other !== undefined; other = this.#other(ids)) await other;
    const isElsewhere = (id: string, index: number): boolean => {
      const place = this.#places.get(id);
      return place !== undefined && (place.stream !== stream || place.revision !== first + BigInt(index));
    };
    if (ids.some(isElsewhere)) return 'elsewhere';
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const id of ids) this.#underWay.set(id, promise);
    try {
      const answer = await append();
      for (const [index, id] of ids.entries()) this.#places.set(id, { stream, revision: first + BigInt(index) });
      return answer;
    } finally {
      for (const id of ids) this.#underWay.delete(id);
      resolve();
    }
  }

  #other(ids: readonly string[]): Promise<unknown> | undefined {
    return ids.map((id) => this.#underWay.get(id)).find((promise) => promise !== undefined);
  }
}
