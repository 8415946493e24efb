import { ColloquyProblem } from '../../../libs/client/problem.ts';
import type { ColloquyClient } from '../../../libs/client/rest-client.ts';
import type { ThreadSource } from '../../../libs/client/thread-reader.ts';

/** Reads threads once the REST client is loaded; until then as if the forum could not be reached, which is tried again. */
export class LateRest implements ThreadSource {
  #rest: ColloquyClient | undefined;
  #seen: string | null = null;

  attach(rest: ColloquyClient): void {
    this.#rest = rest;
    rest.http.saw(this.#seen);
  }

  readonly http = {
    saw: (position: string | null): void => {
      this.#seen = position;
      this.#rest?.http.saw(position);
    },
  };

  readonly comments: ThreadSource['comments'] = async (...read) => {
    if (this.#rest) return this.#rest.comments(...read);
    throw new ColloquyProblem({ code: 'unreachable', detail: 'The client is not loaded yet.' });
  };
}
