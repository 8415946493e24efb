import type { MailFolder } from '../../../libs/mail/index.ts';
import type { Projected, Views } from '../../../libs/projections/index.ts';
import { erasuresChanges } from '../../views/erasures/erasures.query-types.ts';

export interface ErasedMailsParts {
  /** Null where mails go to a mail server. */
  readonly folder: Pick<MailFolder, 'removeAll'> | null;
  readonly views: Pick<Views, 'ready' | 'onProjected'>;
  /** The ids of the mails that may not be kept. */
  readonly erased: () => Promise<ReadonlySet<string>>;
  readonly onProblem: (reason: string) => void;
}

/** The pause after which files are looked for again: a mail that was being written is there by then, in milliseconds. */
const AGAIN_MS = 60_000;

/**
 * Takes the mails of erased members out of this node's outbox: when the node starts, since it may have been away, and
 * whenever an erasure goes on.
 */
export class ErasedMails {
  readonly #parts: ErasedMailsParts;
  readonly #unlisten: () => void;
  #turn: Promise<void>;
  #again: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(parts: ErasedMailsParts) {
    this.#parts = parts;
    this.#unlisten = parts.views.onProjected((projected) => this.#hear(projected));
    this.#turn = parts.views.ready().then(
      () => this.#sweep(),
      () => undefined,
    );
  }

  /** Waits for no views that a log keeps waiting. */
  close(): void {
    this.#closing = true;
    clearTimeout(this.#again);
    this.#unlisten();
  }

  #hear(projected: readonly Projected[]): void {
    if (this.#parts.folder === null || this.#closing || erasuresChanges(projected).length === 0) return;
    this.#turn = this.#turn.then(() => this.#sweep());
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#sweep(), AGAIN_MS).unref();
  }

  async #sweep(): Promise<void> {
    const { folder, erased, onProblem } = this.#parts;
    if (folder === null || this.#closing) return;
    try {
      const ids = await erased();
      if (ids.size > 0) await folder.removeAll(ids);
    } catch (error) {
      onProblem(`mails of erased members were not taken out of the outbox: ${String(error)}`);
    }
  }
}
