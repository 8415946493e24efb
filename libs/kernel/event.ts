/** Plain JSON that may stay in the log for ever. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A decider's statement of what has happened: its type with version (`CommentPosted.v1`), the data that may stay for
 * ever, and the personal part (or null) that is sealed before it is stored.
 */
export interface Fact<Type extends string = string, Data = object, Personal = object | null> {
  readonly type: Type;
  readonly data: Data;
  readonly personal: Personal;
}

/** Replaces the personal part once its key was destroyed. */
export const ERASED = Object.freeze({ erased: true as const });

/** Replaces a personal part that cannot be opened: its key is wrong or was taken away, or its bytes were altered. */
export const UNREADABLE = Object.freeze({ erased: true as const, unreadable: true as const });
export type Erased = typeof ERASED | typeof UNREADABLE;

/** True also for an unreadable part, since neither can be shown. */
export function isErased(personal: object | null): personal is Erased {
  return personal !== null && 'erased' in personal && personal.erased === true;
}

export function isUnreadable(personal: object | null): personal is typeof UNREADABLE {
  return isErased(personal) && 'unreadable' in personal;
}

/** A fact as read back from the log: the personal part opened, or `ERASED`; the rest of its envelope beside it. */
export type Remembered<F extends Fact> =
  F extends Fact<infer T, infer D, infer P>
    ? {
        readonly type: T;
        readonly data: D;
        readonly personal: P | (P extends null ? never : Erased);
        readonly envelope: EventEnvelope;
      }
    : never;

/** A fact as read back without opening its personal part. */
export type WithoutPersonal<F extends Fact> =
  F extends Fact<infer T, infer D> ? { readonly type: T; readonly data: D; readonly envelope: EventEnvelope } : never;

/** Everything that the log keeps of an event except its type and contents. */
export interface EventEnvelope {
  readonly id: string;
  readonly stream: string;
  /** 0n for a stream's first event. */
  readonly revision: bigint;
  readonly position: bigint;
  /** RFC 3339, UTC, milliseconds: when the log took it. */
  readonly recordedAt: string;
  /** When it happened; differs from `recordedAt` on import. */
  readonly occurredAt: string;
  /** A member id, `policy`, `system`, or `import:<source>`. */
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string | null;
}

/**
 * The input and output of an upcaster: an event's type and contents, with its personal part opened (null when it was
 * not).
 */
export interface StoredFact {
  readonly type: string;
  readonly data: unknown;
  readonly personal: unknown;
}

/** Old type with version → how it reads as the version after it. */
export type Upcasters<Old extends string = string> = Readonly<Record<Old, (stored: StoredFact) => StoredFact>>;
