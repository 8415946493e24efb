import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import type { TakenInboundMail } from '../../libs/client/index.ts';
import { DomainError, deriveId, type ErrorCode, Slices } from '../../libs/kernel/index.ts';
import type { AutomaticSign, InboundAnswer, InboundMail } from '../../libs/mail/index.ts';
import { type IssueReturn, type MailedReplyAnswer, rolesInForce } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { ReplyAddresses } from '../access/reply-addresses.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import { AnswerMailedReply } from '../domain/mail/mail.commands.ts';
import { GetComment } from '../views/thread/thread.query-types.ts';
import type { Commenting } from './commenting.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { ReturnedIssues } from './returned-issues.ts';

export interface MailedRepliesParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly commenting: Pick<Commenting, 'post'>;
  readonly members: Pick<MemberLookup, 'byConfirmed'>;
  readonly returned: Pick<ReturnedIssues, 'report'>;
  /** Null where the forum takes no answers by mail. */
  readonly addresses: ReplyAddresses | null;
  readonly reader: { read(raw: Uint8Array, own: readonly string[]): Promise<InboundAnswer> };
  /** The forum's own sender. */
  readonly from: () => string;
  /** What whoever delivers mails signs them with. */
  readonly inboundSecret: () => string;
}

/** The header that signs a delivered mail: `sha256=` and the HMAC-SHA-256 of its bytes in hexadecimal digits. */
export const INBOUND_SIGNATURE = 'colloquy-signature';
const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;
/** The bytes that are signed at a stretch. */
const CHUNK_BYTES = 1024 * 1024;
/** The mails that are read or wait for it; a further one is to come again. */
const MOST_WAITING = 8;

/** Refusals in the words of letters; all others are `refused`. */
const ANSWERS: Partial<Record<ErrorCode, MailedReplyAnswer>> = {
  discussion_closed: 'closed',
  discussion_read_only: 'closed',
  slow_mode: 'too-fast',
  rate_limited: 'too-fast',
  suspended: 'sanction',
  banned: 'sanction',
  warning_open: 'sanction',
  membership_waiting: 'sanction',
  membership_refused: 'sanction',
  comment_not_found: 'gone',
  comment_removed: 'gone',
  parent_not_found: 'gone',
  post_not_found: 'gone',
  conflict: 'gone',
};

/** The signature as it was sent, right or wrong. Throws DomainError unauthenticated for a header that is none. */
export function signatureIn(header: string | string[] | undefined): Buffer {
  const given = SIGNATURE.exec(typeof header === 'string' ? header : '')?.[1];
  if (given === undefined) throw unsigned();
  return Buffer.from(given, 'hex');
}

function unsigned(): DomainError {
  return new DomainError('unauthenticated', `Sign the mail with INBOUND_SECRET in the header ${INBOUND_SIGNATURE}.`);
}

/** Members answer a mail, and the answer is a comment like any other. */
export class MailedReplies {
  readonly #parts: MailedRepliesParts;
  #waiting = 0;

  constructor(parts: MailedRepliesParts) {
    this.#parts = parts;
  }

  /** Throws DomainError unauthenticated for a delivery that nobody with the secret signed. */
  async requireSigned(raw: Uint8Array, header: string | string[] | undefined): Promise<void> {
    const signed = signatureIn(header);
    const hmac = createHmac('sha256', this.#parts.inboundSecret());
    const slices = new Slices();
    for (let from = 0; from < raw.length; from += CHUNK_BYTES) {
      await slices.run(() => hmac.update(raw.subarray(from, from + CHUNK_BYTES)));
    }
    const mac = hmac.digest();
    if (!timingSafeEqual(signed, mac)) throw unsigned();
  }

  /**
   * The same Message-ID from the same member is one comment, however often it comes. Throws DomainError overloaded and
   * storage_unavailable, after which the same mail may come again.
   */
  async take(raw: Uint8Array, asking: Asking): Promise<TakenInboundMail> {
    const { addresses } = this.#parts;
    const mail = await this.#read(raw);
    if (mail === null) return ignored('unreadable');
    if (mail.report !== null && (await this.#parts.returned.report(mail.report))) return returned(mail.report.kind);
    if (mail.automatic !== null) return ignored(mail.automatic);
    const tokens = mail.to.flatMap((address) => addresses?.tokenIn(address) ?? []);
    if (addresses === null || tokens.length === 0) return ignored('unaddressed');
    const member = mail.from === null ? undefined : await this.#parts.members.byConfirmed(mail.from);
    if (member === undefined) return ignored('unknown-sender');
    const { memberId, emailSince, email } = member;
    if (email === null) return ignored('unknown-sender');
    const receiver = { memberId, email, emailSince };
    const read = tokens.map((token) => addresses.read(token, receiver, Date.now()));
    const found = read.find(({ state }) => state === 'valid') ?? read.find(({ state }) => state === 'expired');
    if (found === undefined || found.state === 'foreign') return ignored('unknown-sender');
    const messageId = mail.messageId ?? hash('sha256', raw);
    const reply = { member, mail, messageId, parentId: found.commentId, addresses, asking };
    return found.state === 'expired' ? this.#refuse(reply, 'expired') : this.#post(reply);
  }

  async #read(raw: Uint8Array): Promise<InboundAnswer> {
    if (this.#waiting >= MOST_WAITING) {
      throw new DomainError('overloaded', 'Too many mails come in at once. Send it again.', [], 5);
    }
    this.#waiting += 1;
    try {
      return await this.#parts.reader.read(raw, [this.#parts.from().toLowerCase()]);
    } finally {
      this.#waiting -= 1;
    }
  }

  async #post(reply: Reply): Promise<TakenInboundMail> {
    const { member, mail, messageId, parentId, addresses, asking } = reply;
    const body = addresses.without(mail.text);
    if (body === '') return this.#refuse(reply, 'empty');
    const id = deriveId('mailed reply', member.memberId, messageId);
    const by = { memberId: member.memberId, roles: rolesInForce(member) };
    try {
      const { postId } = await this.#parts.queries.execute(new GetComment(parentId, by));
      const { comment } = await this.#parts.commenting.post(postId, { id, parentId, body }, by, asking);
      if (mail.attachments > 0) await this.#tell(reply, 'attachments');
      return posted(comment.id);
    } catch (error) {
      // Another way of delivery changed the text of a mail that came before.
      if (error instanceof DomainError && error.code === 'id_taken') return posted(id);
      const answer = answerOf(error);
      if (answer === null) throw error;
      return this.#refuse(reply, answer);
    }
  }

  async #refuse(reply: Reply, reason: MailedReplyAnswer): Promise<TakenInboundMail> {
    await this.#tell(reply, reason);
    return { outcome: 'refused', commentId: null, reason };
  }

  /** Each letter stands in the log for ever, so a member gets a few a day. */
  async #tell({ member, messageId, parentId, asking }: Reply, answer: MailedReplyAnswer): Promise<void> {
    if (!(await this.#parts.limits.spend('mailed-answer', member.memberId))) return;
    const answerId = deriveId('mailed reply', member.memberId, messageId, 'answer');
    const meta = commandMeta(null, deriveId('AnswerMailedReply', answerId), asking.correlationId);
    const wish = { answerId, memberId: member.memberId, commentId: parentId, answer };
    await this.#parts.writes.send(new AnswerMailedReply(wish, meta));
  }
}

interface Reply {
  readonly member: KnownMember;
  readonly mail: InboundMail;
  readonly messageId: string;
  /** The comment that it answers. */
  readonly parentId: string;
  readonly addresses: ReplyAddresses;
  readonly asking: Asking;
}

const posted = (commentId: string): TakenInboundMail => ({ outcome: 'posted', commentId, reason: null });
const returned = (reason: IssueReturn): TakenInboundMail => ({ outcome: 'returned', commentId: null, reason });
const ignored = (reason: AutomaticSign | 'unreadable' | 'unaddressed' | 'unknown-sender'): TakenInboundMail => ({
  outcome: 'ignored',
  commentId: null,
  reason,
});

/** Null for what the same mail may be tried again after. */
function answerOf(error: unknown): MailedReplyAnswer | null {
  if (!(error instanceof DomainError) || error.status >= 500) return null;
  const isLong = error.code === 'invalid' && error.errors.some(({ field }) => field === 'body');
  return isLong ? 'too-long' : (ANSWERS[error.code] ?? 'refused');
}
