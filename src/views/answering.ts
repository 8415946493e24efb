import type { FactoryProvider } from '@nestjs/common';
import { type Query, QueryHandler } from '@nestjs/cqrs';
import type { EVENT_STORE, EventStore } from '../../libs/event-store/index.ts';
import type { IMAGE_FILES, ImageFiles } from '../../libs/images/index.ts';
import type { VIEWS, Views } from '../../libs/projections/index.ts';
import type { VAULT, Vault } from '../../libs/vault/index.ts';

type ClassOf<Part> = abstract new (...args: never) => Part;

/** The types of the tokens that are not classes. */
interface Tokens {
  readonly [VIEWS]: Views;
  readonly [VAULT]: Vault;
  readonly [EVENT_STORE]: EventStore;
  readonly [IMAGE_FILES]: ImageFiles;
}
type Token = ClassOf<unknown> | keyof Tokens;
type PartOf<T> = T extends ClassOf<infer Part> ? Part : T extends keyof Tokens ? Tokens[T] : never;

/** The values of the tokens, by the names that the answer has for them. */
export type Parts<Needs extends Readonly<Record<string, Token>>> = {
  readonly [Name in keyof Needs]: PartOf<Needs[Name]>;
};

type AnswerTo<Q> = Q extends Query<infer Answer> ? Answer : never;

/**
 * Makes the provider that Nest's QueryBus finds for a query: the function that answers it, and the parts that the
 * function needs.
 *
 *     answering(GetArchive, { views: VIEWS }, ({ now }, { views }) => monthsWithPosts(views.db('post-list'),
 * Date.parse(now)))
 */
export function answering<Q extends Query<unknown>, const Needs extends Readonly<Record<string, Token>>>(
  query: new (...args: never) => Q,
  needs: Needs,
  answer: (query: Q, parts: Parts<Needs>) => AnswerTo<Q> | Promise<AnswerTo<Q>>,
): FactoryProvider {
  class Handler {
    readonly #parts: Parts<Needs>;

    constructor(parts: Parts<Needs>) {
      this.#parts = parts;
    }

    execute(asked: Q): AnswerTo<Q> | Promise<AnswerTo<Q>> {
      return answer(asked, this.#parts);
    }
  }
  QueryHandler(query)(Handler);
  return {
    provide: Handler,
    inject: Object.values(needs),
    // Nest gives what `inject` names, in that order.
    useFactory: (...given: readonly unknown[]) => {
      const parts: Parts<Needs> = Object.fromEntries(
        Object.keys(needs).map((name, at): unknown[] => [name, given[at]]),
      );
      return new Handler(parts);
    },
  };
}
