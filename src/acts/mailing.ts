import type { QueryBus } from '@nestjs/cqrs';
import { DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import {
  isOutboxName,
  type Mailbox,
  type MailFolder,
  type ReadMail,
  readMail,
  readOutboxName,
} from '../../libs/mail/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { AskTestMail, RetryMail } from '../domain/mail/mail.commands.ts';
import { ListMails, type MailList } from '../views/mails/mails.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Looks } from './looks/looks.ts';

/** Where this forum's mails go, and from whom. */
export interface MailPlace {
  /** Null when a mail server takes them. */
  readonly folder: MailFolder | null;
  /** The mail server's host and port. */
  readonly server: string | null;
  readonly from: () => Mailbox;
  /** This node, as a lease names it. */
  readonly holder: string;
}

/** The injection token of MailPlace. */
export const MAIL_PLACE = Symbol('MailPlace');

/** A file of the outbox in the list. */
export interface FiledMail {
  readonly name: string;
  readonly at: string;
  readonly subject: string;
  readonly to: string;
}

export interface MailingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly place: MailPlace;
  readonly looks: Pick<Looks, 'looked'>;
}

const MAILS_A_PAGE = 25;
/** The mails that failed which one page names, and that are tried again at once. */
const MOST_TROUBLE = 50;

/** What admins see of the mails and do with them. Everything throws DomainError. */
export class Mailing {
  readonly #parts: MailingParts;

  constructor(parts: MailingParts) {
    this.#parts = parts;
  }

  get place(): MailPlace {
    return this.#parts.place;
  }

  /** Has a mail sent to whoever asks. */
  async askTest(principal: Principal, { commandId, correlationId }: Asking): Promise<Position> {
    await this.#parts.limits.take('test-mail', principal.memberId);
    const wish = { testId: deriveId(commandId, 'test mail'), memberId: principal.memberId };
    const meta = commandMeta(principal, commandId, correlationId);
    return (await this.#parts.writes.send(new AskTestMail(wish, meta))).position;
  }

  async retry(mailId: string, principal: Principal, { commandId, correlationId }: Asking): Promise<Position> {
    const meta = commandMeta(principal, deriveId(commandId, mailId), correlationId);
    return (await this.#parts.writes.send(new RetryMail({ mailId }, meta))).position;
  }

  /** All that the list of trouble names; gives the position of the last one, or null when there is none. */
  async retryAll(principal: Principal, asking: Asking): Promise<Position | null> {
    let newest: Position | null = null;
    for (const { mailId } of (await this.trouble()).items) newest = await this.retry(mailId, principal, asking);
    return newest;
  }

  /** The mails that failed or were given up. */
  trouble(): Promise<MailList> {
    return this.#parts.queries.execute(new ListMails('trouble', MOST_TROUBLE, null));
  }

  recorded(cursor: string | null): Promise<MailList> {
    return this.#parts.queries.execute(new ListMails('all', MAILS_A_PAGE, cursor));
  }

  /** The files of the outbox, newest first; `next` is the name of the last one when there are more. */
  async filed(before: string | null): Promise<{ readonly items: readonly FiledMail[]; readonly next: string | null }> {
    const { folder } = this.#parts.place;
    if (folder === null) return { items: [], next: null };
    const names = await folder.newest(MAILS_A_PAGE + 1, before !== null && isOutboxName(before) ? before : null);
    const items: FiledMail[] = [];
    for (const name of names.slice(0, MAILS_A_PAGE)) {
      const raw = await folder.read(name);
      if (raw === undefined) continue;
      const { subject, to } = await readMail(raw);
      items.push({ name, at: readOutboxName(name).at, subject, to });
    }
    return { items, next: names.length > MAILS_A_PAGE ? (names[MAILS_A_PAGE - 1] ?? null) : null };
  }

  /** A file of the outbox; that it was read is recorded first. Throws DomainError not_found, storage_unavailable. */
  async read(name: string, principal: Principal): Promise<ReadMail & { readonly at: string; readonly raw: Buffer }> {
    const raw = await this.#parts.place.folder?.read(name);
    if (raw === undefined) throw new DomainError('not_found', 'There is no such mail in the outbox.');
    await this.#parts.looks.looked(principal, { place: 'mail', subject: name });
    return { ...(await readMail(raw)), at: readOutboxName(name).at, raw };
  }
}
