import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it came. */
export interface ReceivedMail {
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly parsed: ParsedMail;
}

/** An SMTP server on this machine that keeps what it is sent. */
export interface MailServer {
  /** For SMTP_URL. */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** Resolves once so many mails have come, of those that are meant. */
  gets(count: number, isMeant?: (mail: ReceivedMail) => boolean): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

/**
 * `over` replaces what the server does at a step: refuse, hang, fail. `onTaken` is called with each mail that came whole,
 * and answers it.
 */
export async function startMailServer(
  over: SMTPServerOptions = {},
  onTaken: (mail: ReceivedMail, answer: () => void) => void = (_, answer) => answer(),
): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let tell = Promise.withResolvers<void>();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      void read(
        stream,
        session.envelope.rcptTo.map(({ address }) => address),
      ).then((mail) => {
        received.push(mail);
        tell.resolve();
        tell = Promise.withResolvers();
        onTaken(mail, () => done());
      }, done);
    },
    ...over,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    url: `smtp://127.0.0.1:${portOf(server.server.address())}`,
    received,
    gets: async (count, isMeant = () => true) => {
      while (received.filter(isMeant).length < count) await tell.promise;
      return received.filter(isMeant);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function read(stream: AsyncIterable<Buffer>, to: readonly string[]): Promise<ReceivedMail> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  const raw = Buffer.concat(parts);
  return { to, raw, parsed: await simpleParser(raw) };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the mail server listens on no port');
  return address.port;
}
