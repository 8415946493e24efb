import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { TakenInboundMail } from '../../../../libs/client/index.ts';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { INBOUND_SIGNATURE, MailedReplies } from '../../../acts/mailed-replies.ts';

/** Mails that a mail server hands over as they came in, signed. */
@Controller('api/v1/inbound-mail')
export class InboundMailController {
  readonly #replies: MailedReplies;

  constructor(@Inject(MailedReplies) replies: MailedReplies) {
    this.#replies = replies;
  }

  @Post()
  @HttpCode(200)
  async take(@Req() request: FastifyRequest): Promise<TakenInboundMail> {
    const raw = request.body;
    if (!Buffer.isBuffer(raw) || raw.length === 0) {
      throw new DomainError('unsupported_media_type', 'Send the mail as it came, as message/rfc822.');
    }
    await this.#replies.requireSigned(raw, request.headers[INBOUND_SIGNATURE]);
    return this.#replies.take(raw, askingOf(request));
  }
}
