import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../../../libs/kernel/index.ts';
import { MOST_MAIL_BYTES } from '../../../../libs/words/index.ts';
import { addressAsked, networkOf } from '../../../access/network.ts';
import { INBOUND_SIGNATURE, signatureIn } from '../../../acts/mailed-replies.ts';
import { BodyIntake, type IntakeBounds, type IntakeWords } from './body-intake.ts';

/** What mails that nobody has shown a right to send may take of the forum; a sender is a network. */
const MAIL_BOUNDS: IntakeBounds = {
  mostOfOne: MOST_MAIL_BYTES,
  mostInAll: 64 * 1024 * 1024,
  mostOfSender: 24 * 1024 * 1024,
  withinMs: 30_000,
};
export const MAIL_WORDS: IntakeWords = {
  tooLarge: `A mail has ${MOST_MAIL_BYTES} bytes at most.`,
  tooSlow: 'The mail came too slowly.',
  tooMany: 'Too many mails come in at once.',
  brokenOff: 'The mail did not come to its end.',
};

/** A mail is taken as it came, at the one route for mails; what nobody signed is not even received. */
export function readMails(server: FastifyInstance): void {
  const intake = new BodyIntake(MAIL_BOUNDS, MAIL_WORDS);
  server.addHook('preParsing', (request, reply, payload, done) => {
    if (request.routeOptions.config.takesMails === true) reply.raw.once('close', () => intake.forget(request.raw));
    done(null, payload);
  });
  server.addContentTypeParser('message/rfc822', async (request: FastifyRequest, payload: IncomingMessage) => {
    if (request.routeOptions.config.takesMails !== true) {
      throw new DomainError('unsupported_media_type', 'This address takes no mails.');
    }
    if (Number(request.headers['content-length'] ?? 0) > MOST_MAIL_BYTES) {
      throw new DomainError('too_large', MAIL_WORDS.tooLarge);
    }
    signatureIn(request.headers[INBOUND_SIGNATURE]);
    return intake.receive(payload, networkOf(addressAsked(request)));
  });
}
