import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { simpleParser } from 'mailparser';

/** A mail in the folder of a forum without a mail server. */
export interface OutboxMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Empty for none. */
  readonly html: string;
  /** Empty for none. */
  readonly replyTo: string;
}

/** Resolves with the mails to the address, oldest first, once there are so many. Rejects after half a minute. */
export async function outboxMails(dataDir: string, to: string, count = 1): Promise<readonly OutboxMail[]> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const mails = (await mailsIn(join(dataDir, 'outbox'))).filter((mail) => mail.to === to);
    if (mails.length >= count) return mails;
    if (Date.now() > deadline) throw new Error(`${mails.length} of ${count} mails to ${to} have come`);
    await pause(50);
  }
}

/** Resolves with the newest such mail to the address, once there is one. Rejects after half a minute. */
export async function outboxMail(
  dataDir: string,
  to: string,
  isWanted: (mail: OutboxMail) => boolean,
): Promise<OutboxMail> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const found = (await mailsIn(join(dataDir, 'outbox'))).findLast((mail) => mail.to === to && isWanted(mail));
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`no such mail to ${to} has come`);
    await pause(50);
  }
}

/** Resolves with the address at which the newest mail to the address is answered, once there is one. */
export async function outboxReplyTo(dataDir: string, to: string): Promise<string> {
  return (await outboxMail(dataDir, to, ({ replyTo }) => replyTo !== '')).replyTo;
}

/** Resolves with the name of the oldest mail's file, once there is one. Rejects after half a minute. */
export async function firstFiledMail(dataDir: string): Promise<string> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const [first] = namesIn(join(dataDir, 'outbox'));
    if (first !== undefined) return first;
    if (Date.now() > deadline) throw new Error('no mail has come');
    await pause(50);
  }
}

/** The token of the mail's link to the path; throws without one. */
export function tokenIn({ text }: Pick<OutboxMail, 'text'>, path: string): string {
  const token = text.split(path)[1]?.match(/^[\w.-]+/)?.[0];
  if (token === undefined) throw new Error(`the mail has no link to ${path}: ${text}`);
  return token;
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map(({ name }) => name)
    .sort();
}

async function mailsIn(folder: string): Promise<readonly OutboxMail[]> {
  return Promise.all(
    namesIn(folder).map(async (name) => {
      const { to, subject = '', text = '', html, replyTo } = await simpleParser(readFileSync(join(folder, name)));
      const [first] = to === undefined ? [] : [to].flat();
      return {
        to: first?.value[0]?.address ?? '',
        subject,
        text,
        html: html || '',
        replyTo: replyTo?.value[0]?.address ?? '',
      };
    }),
  );
}
