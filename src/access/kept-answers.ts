import type { FastifyRequest } from 'fastify';

/** An answer that is the same for all readers without an account, ready to be sent. */
export interface KeptAnswer {
  readonly status: 200 | 304;
  /** The pattern of the address that it answers, such as `/posts/:slug`. */
  readonly route: string;
  /** Its own headers by their lower-case names; those that all pages have go along, but for what is empty here. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null when the reader has it already. */
  readonly bytes: Buffer | null;
}

/** What is looked at of a request for a kept answer. */
export interface KeptWish extends Pick<FastifyRequest, 'headers' | 'cookies'> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** The answers that were made before and still stand. */
export interface KeptAnswers {
  /** Undefined when the request must be answered in the usual way. */
  standing(wish: KeptWish): KeptAnswer | undefined;
}
