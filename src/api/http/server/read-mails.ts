import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { MOST_MAIL_BYTES } from '../../../../libs/words/index.ts';
import { addressAsked, networkOf } from '../../../access/network.ts';
import { INBOUND_SIGNATURE, signatureIn } from '../../../acts/mailed-replies.ts';
import { INTAKE_BOUNDS, MailIntake, mailTooLarge } from './mail-intake.ts';

/** A mail is taken as it came, at the one route for mails; what nobody signed is not even received. */
export function readMails(server: FastifyInstance): void {
  const intake = new MailIntake(INTAKE_BOUNDS);
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (request.routeOptions.config.takesMails === true) reply.raw.once('close', () => intake.forget(request.raw));
    done(null, payload);
  });
  server.addContentTypeParser('message/rfc822', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.routeOptions.config.takesMails !== true) {
      throw new DomainError('unsupported_media_type', 'This address takes no mails.');
    }
    if (Number(request.headers['content-length'] ?? 0) > MOST_MAIL_BYTES) throw mailTooLarge(MOST_MAIL_BYTES);
    signatureIn(request.headers[INBOUND_SIGNATURE]);
    return intake.receive(payload, networkOf(addressAsked(request)));
  });
}
