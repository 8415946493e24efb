import { CommandBus } from '@nestjs/cqrs';
import { deriveId } from '../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { commandMeta } from '../../src/access/principal.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import {
  AskSubscription,
  ConfirmSubscription,
  IssueSubscriptionLink,
} from '../../src/domain/newsletter/subscriber.commands.ts';
import type { RunningForum } from './running-forum.ts';

/** Subscribers who are recorded at once. */
const AT_ONCE = 200;

export const readerAddress = (n: number): string => `reader-${n}@readers.example`;

/** Readers of the newsletter who have confirmed it. A forum whose reactors rest writes them no letters, nor does one that begins later. */
export async function newsletterReaders(
  { forum: { app } }: RunningForum,
  { from = 0, count }: { readonly from?: number; readonly count: number },
): Promise<void> {
  const commands = app.get(CommandBus, { strict: false });
  const { names } = app.get(MemberLookup, { strict: false });
  const views: Views = app.get(VIEWS, { strict: false });
  const come = async (n: number): Promise<bigint> => {
    const email = readerAddress(n);
    const [subscriberId, askId] = [names.subscriber(email), deriveId('a reader', n)];
    const hash = `hash of ${n}`;
    await commands.execute(new AskSubscription({ subscriberId, askId, email, locale: 'en' }, commandMeta(null)));
    await commands.execute(new IssueSubscriptionLink({ subscriberId, askId, hash }, commandMeta(null)));
    return (await commands.execute(new ConfirmSubscription({ subscriberId, hash }, commandMeta(null)))).position;
  };
  for (let first = 0; first < count; first += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, n) => come(from + first + n));
    const positions = await Promise.all(some);
    await views.reached(positions.reduce((most, one) => (one > most ? one : most)));
  }
}
