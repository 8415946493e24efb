import type { QueryBus } from '@nestjs/cqrs';
import { deriveId, isUuid } from '../../libs/kernel/index.ts';
import type { MailReport } from '../../libs/mail/index.ts';
import type { IssueReturn } from '../../libs/words/index.ts';
import { commandMeta } from '../access/principal.ts';
import type { Subscribers } from '../commands/subscribers.ts';
import { GetMailedIssue } from '../views/publishing/publishing.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface ReturnedIssuesParts {
  readonly writes: Pick<ForumWrites, 'shown'>;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly subscribers: Pick<Subscribers, 'returned'>;
  /** The forum's own sender. */
  readonly from: () => string;
}

const ID = /^([0-9a-f-]{36})@(.+)$/i;

/** What came back of a mail, by the mail's own id. */
export interface ReturnedMail {
  readonly mailId: string;
  readonly because: IssueReturn;
  /** RFC 3463; null for none. */
  readonly status: string | null;
}

/**
 * What comes back of the newsletter. A mail is named by its Message-ID, which is made with the key of the forum: whoever
 * knows one had that mail, and could end the newsletter by its link as well.
 */
export class ReturnedIssues {
  readonly #parts: ReturnedIssuesParts;

  constructor(parts: ReturnedIssuesParts) {
    this.#parts = parts;
  }

  /** Gives whether the report is of a mail of the newsletter; another one changes nothing. Throws DomainError storage_unavailable. */
  async report({ kind, status, messageId }: MailReport): Promise<boolean> {
    const [, mailId = '', host = ''] = ID.exec(messageId) ?? [];
    const isOurs = isUuid(mailId) && host.toLowerCase() === hostOf(this.#parts.from());
    return isOurs && (await this.returned({ mailId: mailId.toLowerCase(), because: kind, status }));
  }

  /** The same for a mail that was refused as it was handed over. */
  async returned({ mailId, because, status }: ReturnedMail): Promise<boolean> {
    const mail = await this.#parts.queries.execute(new GetMailedIssue(mailId));
    if (mail === null) return false;
    const meta = commandMeta(null, deriveId('ReturnIssue', mailId, because));
    await this.#parts.writes.shown(await this.#parts.subscribers.returned({ ...mail, mailId, because, status }, meta));
    return true;
  }
}

function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
