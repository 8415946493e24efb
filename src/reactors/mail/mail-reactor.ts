import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { type CommandMeta, DomainError, deriveId, type Position } from '../../../libs/kernel/index.ts';
import { type Mailbox, MailFault, type MailTransport, type WrittenMail, writeMail } from '../../../libs/mail/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import type { MailOutcome } from '../../../libs/words/index.ts';
import { RecordMailFault, SettleMail } from '../../domain/mail/mail.commands.ts';
import {
  type DueMail,
  GetMailWork,
  LETTER_CAUSES,
  type MailWork,
  mailsChanges,
} from '../../views/mails/mails.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';
import type { Letter } from './letter.ts';
import { type LetterSite, letterHtml } from './letter-html.tsx';
import { letterText } from './letter-text.ts';

/** The kinds of letters, as a lease names them. */
export const MAIL_TASKS: readonly string[] = Object.keys(LETTER_CAUSES);

export interface MailParts {
  readonly commands: Commands;
  readonly work: (query: GetMailWork) => Promise<MailWork>;
  /** Null where nobody is to get a letter. */
  readonly compose: (mail: DueMail) => Promise<Letter | null>;
  readonly site: () => Promise<LetterSite>;
  readonly from: () => Mailbox;
  readonly transport: MailTransport;
  /** Called where the receiver's server said that there is no such address. */
  readonly onNoMailbox: (mail: DueMail) => Promise<void>;
  readonly onMail: (told: MailOutcome | 'failed') => void;
  readonly onProblem: (reason: string) => void;
}

/** Milliseconds. */
const LONGEST_PAUSE_MS = 2_000;
/** The mails that are looked for at once, for each that the transport takes at once: some hundred, all sent within seconds. */
const MAILS_A_TURN = 25;
/** The reason of a fault before the mail was on its way. */
const COMPOSING = 'COMPOSING';

/**
 * Sends the mails that are due. A mail is recorded as sent after its receiver's server has taken it, so a server that
 * dies between the two sends it once more, with the same Message-ID.
 */
export class MailReacting implements Reacting<DueMail> {
  readonly #parts: MailParts;
  /** A mail to nobody is settled after the time of the last one that was sent, so that the log's positions do not tell. */
  #lastTookMs = 0;

  get atOnce(): number {
    return this.#parts.transport.atOnce;
  }

  constructor(parts: MailParts) {
    this.#parts = parts;
  }

  async look(): Promise<WorkSeen<DueMail>> {
    const { due, nextAt, lease, begun } = await this.#parts.work(
      new GetMailWork(Date.now(), MAILS_A_TURN * this.atOnce),
    );
    return { due, nextAt, lease, isNew: MAIL_TASKS.some((kind) => !begun.includes(kind)) };
  }

  concerns(projected: readonly Projected[]): boolean {
    return mailsChanges(projected).length > 0 || projected.some(({ view, renewed }) => renewed && view === 'mails');
  }

  async act(mail: DueMail, isClosing: () => boolean): Promise<Position> {
    try {
      const tookMs = await this.#send(mail);
      if (tookMs === null) {
        await pause(this.#lastTookMs);
        return await this.#settle(mail, 'no-receiver');
      }
      this.#lastTookMs = Math.min(tookMs, LONGEST_PAUSE_MS);
    } catch (error) {
      if (isOfTheForum(error) || isClosing()) throw error;
      return this.#failed(mail, error);
    }
    return this.#settle(mail, 'sent');
  }

  /**
   * Gives how long it took to hand the mail over, in milliseconds; null where nobody is to get it. Nothing here keeps the
   * text while the transport waits: of thousands of mails that would grow old in memory.
   */
  #send(mail: DueMail): Promise<number | null> {
    return this.#write(mail).then((written) => {
      if (written === null) return null;
      const began = performance.now();
      return this.#parts.transport.send(written).then(() => performance.now() - began);
    });
  }

  async #write(mail: DueMail): Promise<WrittenMail | null> {
    const letter = await this.#parts.compose(mail);
    if (letter === null) return null;
    // The first letters of a process are slow to compose and slow to write.
    await nextTurn();
    const site = await this.#parts.site();
    const { to, subject, locale, leave, discussion, replyTo, about = [] } = letter;
    const of = {
      ...(leave !== undefined && { leave }),
      ...(discussion !== undefined && { thread: discussion }),
      ...(replyTo !== undefined && { replyTo }),
    };
    const date = new Date().toISOString();
    const content = { id: mail.mailId, from: this.#parts.from(), to, subject, locale, date, about, ...of };
    const [text, html] = [letterText(letter, site.name), letterHtml(letter, site)];
    await nextTurn();
    const written = await writeMail({ ...content, text, html }, mail.at);
    return letter.isOld?.() ? this.#write(mail) : written;
  }

  async #settle({ mailId, cause }: DueMail, outcome: MailOutcome): Promise<Position> {
    const { position } = await this.#parts.commands.execute(
      new SettleMail({ mailId, outcome }, meta(mailId, 'settled')),
    );
    this.#parts.onMail(outcome);
    return position > cause ? position : cause;
  }

  /** A letter that cannot be composed is a fault of the program; it must not keep the others waiting. */
  async #failed(mail: DueMail, error: unknown): Promise<Position> {
    const { mailId, kind } = mail;
    const fault = error instanceof MailFault ? error : new MailFault(COMPOSING, { cause: error });
    this.#parts.onProblem(`mail ${mailId} (${kind}) failed: ${fault.reason}${wordsOf(fault)}`);
    this.#parts.onMail('failed');
    const { reason, isFinal } = fault;
    const wish = new RecordMailFault({ mailId, reason, isFinal }, meta(mailId, `failed ${Date.now()}`));
    const { position } = await this.#parts.commands.execute(wish);
    if (isFinal) await this.#parts.onNoMailbox(mail);
    return position;
  }
}

/** The log or the views cannot do their part now: nothing is recorded, and everything is tried again soon. */
function isOfTheForum(error: unknown): boolean {
  return error instanceof DomainError && error.retryAfterSeconds !== undefined;
}

/** A mail server's words may name the receiver, so only those of a fault of the program are told. */
function wordsOf({ reason, cause }: MailFault): string {
  return reason === COMPOSING && cause instanceof Error ? `: ${cause.message}` : '';
}

function meta(mailId: string, what: string): CommandMeta {
  return systemMeta(deriveId(mailId, what), mailId);
}
