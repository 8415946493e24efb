import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as far as it is counted. */
export interface CountedMail {
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly heads: string;
  /** Where one press ends mails like this one. */
  readonly leave: string;
}

/** An SMTP server on this machine that takes thousands of mails and keeps who got which. */
export interface CountingServer {
  /** For SMTP_URL. */
  readonly url: string;
  readonly mails: readonly CountedMail[];
  /** Resolves with the next mail. */
  next(): Promise<void>;
  /** The bytes of the mail that came last. */
  readonly lastBytes: () => number;
  /** Called with each mail before it is taken; the server answers once it resolves. */
  taking: (mail: CountedMail) => Promise<void> | undefined;
  close(): Promise<void>;
}

/** `over` replaces what the server does at a step. */
export async function startCountingServer(over: SMTPServerOptions = {}): Promise<CountingServer> {
  const mails: CountedMail[] = [];
  let last = 0;
  let tell = Promise.withResolvers<void>();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, { envelope }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => void parts.push(part));
      stream.on('end', () => {
        const raw = Buffer.concat(parts);
        last = raw.length;
        const mail = countedMail(raw, envelope.rcptTo.map(({ address }) => address).join(' '));
        mails.push(mail);
        tell.resolve();
        tell = Promise.withResolvers();
        void Promise.resolve(counting.taking(mail)).then(() => done());
      });
    },
    ...over,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const bound = server.server.address();
  const counting: CountingServer = {
    url: `smtp://127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}`,
    mails,
    next: () => tell.promise,
    lastBytes: () => last,
    taking: () => undefined,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return counting;
}

function countedMail(raw: Buffer, to: string): CountedMail {
  const heads = raw.subarray(0, Math.max(raw.indexOf('\r\n\r\n'), 0)).toString();
  const head = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(heads)?.[1]?.trim() ?? '';
  return {
    to,
    heads,
    messageId: head('message-id'),
    subject: head('subject'),
    leave: head('list-unsubscribe').replaceAll(/[<>]/g, ''),
  };
}

/** The mails of an issue, told apart: how many there are, how many different ones, and who got one. */
export function countsOf(mails: readonly CountedMail[]) {
  const idsOf = Map.groupBy(mails, ({ to }) => to);
  const several = [...idsOf].filter(([, each]) => new Set(each.map(({ messageId }) => messageId)).size !== 1);
  return {
    mails: mails.length,
    ids: new Set(mails.map(({ messageId }) => messageId)).size,
    readers: idsOf.size,
    /** Those with mails of more than one Message-ID: an issue that came twice. */
    twice: several.map(([to]) => to),
  };
}

/** Resolves once so many readers have a mail that is meant. */
export async function readersReached(
  server: CountingServer,
  readers: number,
  isMeant: (mail: CountedMail) => boolean = () => true,
): Promise<void> {
  for (let least = readers; countsOf(server.mails.filter(isMeant)).readers < readers; least = server.mails.length + 1) {
    while (server.mails.length < least) await server.next();
  }
}
