import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { deriveId, stepOf } from '../../libs/kernel/index.ts';
import type { MailFolder } from '../../libs/mail/index.ts';
import { DRAFT_DAYS } from '../../libs/words/index.ts';
import { commandMeta } from '../access/principal.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { LinkForgetting } from '../commands/link-forgetting.ts';
import { PushForgetting } from '../commands/push-forgetting.ts';
import { Subscribers } from '../commands/subscribers.ts';
import { DropDraft } from '../domain/draft/draft.commands.ts';
import { UnsubscribePush } from '../domain/push/subscription.commands.ts';
import { GetExpiredLinks } from '../views/mails/mails.query-types.ts';
import { GetSubscribersToForget } from '../views/publishing/publishing.query-types.ts';
import { GetSubscriptionsToEnd } from '../views/push/push.query-types.ts';
import { GetOldDrafts } from '../views/shelf/shelf.query-types.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The time after its end for which the holder of a link is told that it ran out, and not that there is none. */
const TOLD_FOR_MS = DAY_MS;
/** Each link costs an event. */
const LINKS_A_TURN = 500;
/** Each draft costs two. */
const DRAFTS_A_TURN = 250;
/** Each device costs two. */
const DEVICES_A_TURN = 250;
/** Each subscriber costs one. */
const SUBSCRIBERS_A_TURN = 500;

export interface TidyingParts {
  readonly app: NestFastifyApplication;
  /** Null where a mail server takes the mails. */
  readonly folder: MailFolder | null;
  /** Resolves once the views know what there is. */
  readonly ready: Promise<void>;
  readonly onProblem: (reason: string) => void;
  readonly everyMs?: number;
}

/**
 * Every hour, old mails leave the outbox, and links that ran out, drafts that nobody touched for long, devices that
 * ended with their sessions, and who asked for the newsletter in vain lose their keys. `close` waits for a turn that is under way.
 */
export function tidyMails({ app, folder, ready, onProblem, everyMs = HOUR_MS }: TidyingParts): {
  close(): Promise<void>;
} {
  let isClosing = false;
  const tidy = async (): Promise<void> => {
    try {
      await folder?.sweep();
      await folder?.removeBefore(keptSince(app));
      await forgetLinks(app, () => isClosing);
      await forgetDrafts(app, () => isClosing);
      await forgetDevices(app, () => isClosing);
      await forgetSubscribers(app, () => isClosing);
    } catch (error) {
      if (!isClosing) onProblem(`mails, links, drafts, devices or subscribers were not tidied: ${String(error)}`);
    }
  };
  let turn: Promise<void> = Promise.resolve();
  const begin = (): void => {
    if (!isClosing) turn = tidy();
  };
  void ready.then(begin, () => undefined);
  const timer = setInterval(() => {
    turn = turn.then(tidy);
  }, everyMs).unref();
  return {
    close: async () => {
      isClosing = true;
      clearInterval(timer);
      await turn;
    },
  };
}

function keptSince(app: NestFastifyApplication): string {
  const { mailDays } = app.get<SiteInMemory>(SITE, { strict: false }).now();
  return new Date(Date.now() - mailDays * DAY_MS).toISOString();
}

async function forgetLinks(app: NestFastifyApplication, isClosing: () => boolean): Promise<void> {
  const query = new GetExpiredLinks(Date.now() - TOLD_FOR_MS, LINKS_A_TURN);
  const forgetting = app.get(LinkForgetting, { strict: false });
  for (const linkId of await app.get(QueryBus, { strict: false }).execute(query)) {
    if (isClosing()) return;
    await forgetting.forget(linkId, commandMeta(null));
  }
}

/** A draft that is kept anew at this moment is left by then: its place has another one for what its writer types next. */
async function forgetDrafts(app: NestFastifyApplication, isClosing: () => boolean): Promise<void> {
  const query = new GetOldDrafts(Date.now() - DRAFT_DAYS * DAY_MS, DRAFTS_A_TURN);
  const commands = app.get(CommandBus, { strict: false });
  const erasing = app.get(StreamErasing, { strict: false });
  for (const { memberId, draftId, placeId } of await app.get(QueryBus, { strict: false }).execute(query)) {
    if (isClosing()) return;
    const meta = { ...commandMeta(null), commandId: deriveId(draftId, 'untouched') };
    await commands.execute(new DropDraft({ by: { memberId, roles: [] }, draftId, placeId }, meta));
    await erasing.erase([`draft-${draftId}`], stepOf(meta, 'keys'));
  }
}

/** One that is added again in another session at this moment stays. */
async function forgetDevices(app: NestFastifyApplication, isClosing: () => boolean): Promise<void> {
  const commands = app.get(CommandBus, { strict: false });
  const forgetting = app.get(PushForgetting, { strict: false });
  const over = await app.get(QueryBus, { strict: false }).execute(new GetSubscriptionsToEnd(DEVICES_A_TURN));
  for (const { memberId, subscriptionId, sessionId } of over) {
    if (isClosing()) return;
    const meta = commandMeta(null);
    const by = { memberId, roles: [] };
    const wish = { by, subscriptionId, because: 'session', inSession: sessionId } as const;
    await commands.execute(new UnsubscribePush(wish, meta));
    await forgetting.forget(memberId, stepOf(meta, 'keys'));
  }
}

/** The addresses of questions that nobody answered in time, and of those who left. */
async function forgetSubscribers(app: NestFastifyApplication, isClosing: () => boolean): Promise<void> {
  const subscribers = app.get(Subscribers, { strict: false });
  const query = new GetSubscribersToForget(Date.now(), SUBSCRIBERS_A_TURN);
  for (const subscriberId of await app.get(QueryBus, { strict: false }).execute(query)) {
    if (isClosing()) return;
    await subscribers.forget(subscriberId, commandMeta(null));
  }
}
