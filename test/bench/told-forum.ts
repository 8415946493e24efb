import { setTimeout as pause } from 'node:timers/promises';
import type { NotificationList } from '../../libs/client/index.ts';
import type { Account } from '../support/forum-account.ts';
import type { ServedForum } from '../support/served-forum.ts';
import type { BenchOptions, Measured } from './row.ts';

const LOOK_EVERY_MS = 20;
/** However slow the machine is. */
const MOST_WAIT_MS = 600_000;

/** Measures once a round, against what is asked. */
export async function againstAsked(
  options: BenchOptions,
  asked: number,
  once: () => Promise<number>,
): Promise<Measured> {
  const ours: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) ours.push(await once());
  return { ours, base: ours.map(() => asked), notes: {} };
}

interface Awaited {
  readonly mails: number;
  readonly isSent: boolean;
  /** Each look takes the server some milliseconds. */
  readonly everyMs?: number;
}

/** Resolves once the log has so many mails since the server started, and once they are on their way where that is asked. */
export async function recorded(
  { address }: Pick<ServedForum, 'address'>,
  { mails, isSent, everyMs = LOOK_EVERY_MS }: Awaited,
): Promise<void> {
  const deadline = Date.now() + MOST_WAIT_MS;
  for (;;) {
    const { all, waiting } = await mailsOf({ address });
    if (all >= mails && (!isSent || waiting === 0)) return;
    if (Date.now() > deadline) throw new Error(`${all} of ${mails} mails were recorded, and ${waiting} wait`);
    await pause(everyMs);
  }
}

/** Resolves once the server that has just started is done with the letters that confirmed addresses cause, a member each. */
export function settledConfirmations(forum: Pick<ServedForum, 'address'>, members: number): Promise<void> {
  return recorded(forum, { mails: members, isSent: true, everyMs: 200 });
}

/** The mails that the log knows, and those of them that are still to be sent. */
export async function mailsOf({ address }: Pick<ServedForum, 'address'>): Promise<{ all: number; waiting: number }> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'gm'))].reduce((all, [, n]) => all + Number(n), 0);
  const waiting = sum('colloquy_mails_unsettled');
  return { all: sum('colloquy_mails_total') + waiting, waiting };
}

/** The first page of what the member is told of. */
export async function notificationsOf(
  { address }: ServedForum,
  { token }: Account,
): Promise<NotificationList['items']> {
  const answer = await fetch(`${address}/api/v1/notifications`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`the notifications were answered with ${answer.status}`);
  const { items }: NotificationList = await answer.json();
  return items;
}
