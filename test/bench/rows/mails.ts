import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { SMTPServer } from 'smtp-server';
import { MailFolder, type MailTransport, SmtpTransport, type WrittenMail } from '../../../libs/mail/index.ts';
import { newAccount } from '../../support/forum-account.ts';
import { peakMemory } from '../../support/peak-memory.ts';
import { alternate, quantile, seconds } from '../measure.ts';
import { serveMeasured } from '../measured-forum.ts';
import { atLeast, type BenchOptions, type Measured, type Row } from '../row.ts';
import { inScratch } from './appends.ts';

const MAILS = 1_000;
const ASKED_AT_ONCE = 20;
/** As many as the forum sends at once. */
const SENT_AT_ONCE = 4;
/** About what a short letter has in MIME. */
const MAIL_BYTES = 5_000;
const LOOK_EVERY_MS = 20;

/** Where mails arrive: how many are there, and how a bare program brings them there. */
interface Goal {
  readonly env: Readonly<Record<string, string>>;
  readonly arrived: (dataDir: string) => number;
  readonly bare: (dir: string) => MailTransport;
}

/** From the first mail that is asked for by a form to the last that has come. */
function mailsRow(
  name: string,
  what: string,
  against: string,
  within: (run: (goal: Goal) => Promise<Measured>) => Promise<Measured>,
): Row {
  return {
    name,
    what: `${MAILS.toLocaleString('en')} mails that an admin asks for, composed, recorded and ${what}`,
    against,
    unit: 'mails/s',
    bound: atLeast(0.02),
    run: (options) => within((goal) => measured(options, goal)),
  };
}

export const mailOutbox: Row = mailsRow(
  'mail-outbox',
  'filed in the outbox',
  `bare files of ${MAIL_BYTES} bytes, each on disk, ${SENT_AT_ONCE} at once`,
  (run) =>
    run({
      env: {},
      arrived: (dataDir) => filesIn(join(dataDir, 'outbox')),
      bare: (dir) => new MailFolder(join(dir, 'bare')),
    }),
);

export const mailSmtp: Row = mailsRow(
  'mail-smtp',
  'taken by a mail server on this machine',
  `bare nodemailer to the same server, ${SENT_AT_ONCE} at once`,
  async (run) => {
    let taken = 0;
    const server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onData: (stream, _, done) => {
        stream.resume().on('end', () => {
          taken += 1;
          done();
        });
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const bound = server.server.address();
    const url = `smtp://127.0.0.1:${bound !== null && typeof bound === 'object' ? bound.port : 0}`;
    try {
      return await run({ env: { SMTP_URL: url }, arrived: () => taken, bare: () => new SmtpTransport(url) });
    } finally {
      await new Promise<void>((resolve) => server.close(resolve));
    }
  },
);

async function measured({ rounds, quick }: BenchOptions, goal: Goal): Promise<Measured> {
  const mails = quick ? MAILS / 5 : MAILS;
  const notes = { mails, peakMiB: 0, readsP99Ms: 0 };
  const compared = await alternate(
    rounds,
    async () => {
      const { rate, peakMiB, p99 } = await ours(mails, goal);
      notes.peakMiB = Math.round(Math.max(notes.peakMiB, peakMiB));
      notes.readsP99Ms = Math.round(Math.max(notes.readsP99Ms, p99));
      return rate;
    },
    () => inScratch((dir) => bare(mails, goal.bare(dir))),
  );
  return { ...compared, notes };
}

/** People read the front page meanwhile, one after the other. */
async function ours(mails: number, goal: Goal): Promise<{ rate: number; peakMiB: number; p99: number }> {
  return inScratch(async (dataDir) => {
    const forum = await serveMeasured({ dataDir, env: { ...goal.env } });
    try {
      const { token } = await newAccount(forum.address, 'bench-admin');
      const before = goal.arrived(dataDir);
      const reads: number[] = [];
      const reading = new AbortController();
      const readers = readOn(forum.address, reads, reading.signal);
      const took = await seconds(async () => {
        const limit = pLimit(ASKED_AT_ONCE);
        await Promise.all(Array.from({ length: mails }, () => limit(() => askTest(forum.address, token))));
        while (goal.arrived(dataDir) < before + mails) await pause(LOOK_EVERY_MS);
      });
      reading.abort();
      await readers;
      const { mib } = peakMemory(forum.process.pid ?? 0);
      return { rate: mails / took, peakMiB: mib, p99: quantile(reads, 0.99) };
    } finally {
      await forum.end();
    }
  });
}

async function readOn(address: string, reads: number[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const began = performance.now();
    await (await fetch(`${address}/`)).text();
    reads.push(performance.now() - began);
  }
}

async function askTest(address: string, token: string): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${token}` };
  const { status } = await fetch(`${address}/admin/outbox/tests`, { method: 'POST', redirect: 'manual', headers });
  if (status !== 303) throw new Error(`a test mail was answered with ${status}`);
}

async function bare(mails: number, transport: MailTransport): Promise<number> {
  const limit = pLimit(SENT_AT_ONCE);
  const raw = `Subject: Bare\r\n\r\n${'x'.repeat(70)}\r\n`.padEnd(MAIL_BYTES, 'y\r\n');
  const one = (): WrittenMail => {
    return { id: randomUUID(), at: new Date().toISOString(), from: 'a@example.org', to: 'b@example.org', raw };
  };
  const took = await seconds(async () => {
    await Promise.all(Array.from({ length: mails }, () => limit(() => transport.send(one()))));
  });
  await transport.close();
  return mails / took;
}

function filesIn(folder: string): number {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.eml')).length;
  } catch {
    return 0;
  }
}
