import { deriveId } from './ids.ts';

/** The circumstances of a command, which a decider may not find out by itself: who asks, when, and because of what. */
export interface CommandMeta {
  /** A UUID: the same command sent twice carries the same id and is recorded once. */
  readonly commandId: string;
  /** A member id, `policy`, `system`, or `import:<source>`. */
  readonly actor: string;
  /** RFC 3339, UTC, milliseconds: the moment of the command, or of the thing itself on import. */
  readonly now: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  /** Missing where nobody has to show anything, such as for the system. */
  readonly shown?: ShownWay;
}

/**
 * By what the actor was let in: the session that it acts from or, before it has one, the event that had last ended all of
 * its sessions when it showed its way in (null for none). What has ended since is worth nothing.
 */
export type ShownWay = { readonly session: string } | { readonly lastEnd: string | null };

/** The circumstances of one step of a command; the step's id comes from the whole's, so that the whole can be repeated. */
export function stepOf(meta: CommandMeta, ...parts: readonly string[]): CommandMeta {
  return { ...meta, commandId: deriveId(meta.commandId, ...parts) };
}

/** A wish, addressed to one stream; the CommandBus routes by its class. */
export abstract class Command<Data extends object = object> {
  readonly data: Data;
  readonly meta: CommandMeta;

  constructor(data: Data, meta: CommandMeta) {
    this.data = data;
    this.meta = meta;
  }
}
