import type { MailFolder } from '../../../libs/mail/index.ts';
import type { Projected, Views } from '../../../libs/projections/index.ts';
import { erasuresChanges } from '../../views/erasures/erasures.query-types.ts';

export interface ErasedMailsParts {
  /** Null where mails go to a mail server. */
  readonly folder: Pick<MailFolder, 'removeAll' | 'removeAbout'> | null;
  readonly views: Pick<Views, 'ready' | 'onProjected'>;
  /** What is erased: members, comments and what links were made for. */
  readonly erased: () => Promise<ReadonlySet<string>>;
  /** The ids of the mails to these. */
  readonly mailsTo: (erased: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  /** Whether a mail is one of those that may tell of others. */
  readonly mayTell: (mailId: string) => Promise<boolean>;
  readonly onProblem: (reason: string) => void;
}

/** The pause after which files are looked for again: a mail that was being written is there by then, in milliseconds. */
const AGAIN_MS = 60_000;

/**
 * Takes the mails to erased members, and those that tell others of them or of an erased comment, out of this node's outbox:
 * when the node starts, since it may have been away, and whenever an erasure goes on.
 */
export class ErasedMails {
  readonly #parts: ErasedMailsParts;
  readonly #unlisten: () => void;
  #turn: Promise<void>;
  #again: NodeJS.Timeout | undefined;
  #closing = false;
  /** Whether a turn is still to come: it finds what was erased until then. */
  #isDue = false;

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
    const isRenewed = projected.some(({ view, renewed }) => renewed && view === 'erasures');
    const concerns = isRenewed || erasuresChanges(projected).length > 0;
    if (this.#parts.folder === null || this.#closing || !concerns) return;
    if (!this.#isDue) this.#turn = this.#turn.then(() => this.#sweep());
    this.#isDue = true;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => {
      this.#turn = this.#turn.then(() => this.#sweep());
    }, AGAIN_MS).unref();
  }

  async #sweep(): Promise<void> {
    const { folder, erased, mailsTo, mayTell, onProblem } = this.#parts;
    this.#isDue = false;
    if (folder === null || this.#closing) return;
    try {
      const gone = await erased();
      if (gone.size === 0) return;
      await folder.removeAll(await mailsTo(gone));
      await folder.removeAbout(gone, mayTell);
    } catch (error) {
      onProblem(`mails of erased members were not taken out of the outbox: ${String(error)}`);
    }
  }
}
