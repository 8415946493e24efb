import type { Readable } from 'node:stream';
import type { QueryBus } from '@nestjs/cqrs';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { Principal } from '../../access/principal.ts';
import type { RateLimits } from '../../access/rate-limits.ts';
import { OpenOwnData } from '../../views/own-data/own-data.query-types.ts';
import { packOwnData } from './pack-own-data.ts';
import { dataWordsIn, momentsIn } from './words.ts';

/** The downloads that a node makes at once, since each reads much of the log. */
const MOST_AT_ONCE = 2;
const RETRY_SECONDS = 10;

export interface OwnDataParts {
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly limits: RateLimits;
  /** Who gets the newsletter at the address that the member has confirmed; null where it has confirmed none. */
  readonly subscriberOf: (memberId: string) => Promise<string | null>;
  readonly site: () => { readonly name: string; readonly timeZone: string };
  /** The forum's address without a slash at its end. */
  readonly address: () => string;
}

/** Everything that the forum keeps of a member, for the member alone. */
export class OwnDataDownloads {
  readonly #parts: OwnDataParts;
  readonly #underWay = new Set<string>();

  constructor(parts: OwnDataParts) {
    this.#parts = parts;
  }

  /** Throws DomainError `rate_limited`, also while another download of the member is under way here. */
  async open({ memberId, handle, locale }: Principal): Promise<Readable> {
    await this.#parts.limits.take('own-data', memberId);
    if (this.#underWay.has(memberId) || this.#underWay.size >= MOST_AT_ONCE) {
      throw new DomainError('rate_limited', 'A download is under way; try again when it is done.', [], RETRY_SECONDS);
    }
    this.#underWay.add(memberId);
    try {
      const subscriberId = await this.#parts.subscriberOf(memberId);
      const data = await this.#parts.queries.execute(new OpenOwnData(memberId, subscriberId));
      const { name: site, timeZone } = this.#parts.site();
      const words = dataWordsIn(locale);
      const moments = momentsIn(words.locale, timeZone);
      const address = this.#parts.address();
      const options = { words, handle, site, address, moments, at: new Date().toISOString() };
      return packOwnData(data, options).on('close', () => this.#underWay.delete(memberId));
    } catch (error) {
      this.#underWay.delete(memberId);
      throw error;
    }
  }
}
