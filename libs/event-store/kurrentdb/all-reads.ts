import type { AllStreamResolvedEvent, Filter, KurrentDBClient, ReadPosition } from '@kurrent/kurrentdb-client';
import type { Position } from '../../kernel/index.ts';
import type { Connection } from './connection.ts';
import { collected } from './deadline.ts';
import { kindOf } from './faults.ts';

export interface AllRead {
  readonly from: ReadPosition;
  readonly limit: number;
  readonly filter?: Filter;
  readonly direction?: 'forwards' | 'backwards';
}

/** Reads of everything that stands in the database, the log's and all else. */
export class AllReads {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Tried again while the database is away. Throws InvalidPosition, StoreUnavailable. */
  read(read: AllRead): Promise<AllStreamResolvedEvent[]> {
    return this.#connection.persist(() => this.once(read));
  }

  /** Throws InvalidPosition, and the client's fault. */
  async once({ from, limit, filter, direction = 'forwards' }: AllRead): Promise<AllStreamResolvedEvent[]> {
    const options = {
      ...this.#connection.reading,
      fromPosition: from,
      maxCount: limit,
      direction,
      ...(filter === undefined ? {} : { filter }),
    };
    const alive = (client: KurrentDBClient) => async (): Promise<void> => {
      await collected(
        client.readAll({ ...this.#connection.reading, fromPosition: 'end', maxCount: 1, direction: 'backwards' }),
        this.#callMs,
      );
    };
    try {
      return await this.#connection.use((client) =>
        collected(client.readAll(options), this.#callMs, filter === undefined ? undefined : alive(client)),
      );
    } catch (error) {
      if (typeof from === 'object' && refusesPosition(error)) throw new InvalidPosition();
      throw error;
    }
  }

  get #callMs(): number {
    return this.#connection.callMs;
  }
}

/** The database has no such position. */
export class InvalidPosition extends RangeError {
  override readonly name = 'InvalidPosition';
}

/** Known by its words alone, since the client has no type for it. */
function refusesPosition(error: unknown): boolean {
  return kindOf(error) === 'unknown' && error instanceof Error && /invalid|illegal/i.test(error.message);
}

/** The database's own positions are pairs; for events that were appended in the usual way both are the same. */
export function at(position: Position): { commit: bigint; prepare: bigint } {
  return { commit: position, prepare: position };
}

export function positionOf(resolved: AllStreamResolvedEvent | undefined): Position | undefined {
  return resolved?.event?.position.commit ?? resolved?.link?.position.commit ?? resolved?.commitPosition;
}
