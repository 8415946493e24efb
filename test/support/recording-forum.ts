import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import {
  EVENT_STORE,
  openSqliteEventStore,
  type RecordedEvent,
  type SqliteEventStore,
} from '../../libs/event-store/index.ts';
import { IMAGE_FILES, ImageFiles, imagesDir } from '../../libs/images/index.ts';
import { versionsUpTo } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { type ErasingVault, openSqliteVault, VAULT } from '../../libs/vault/index.ts';
import { ADMINS } from '../../src/commands/admins.ts';
import { AUTHOR_RECORDS, NO_RECORDS } from '../../src/commands/author-records.ts';
import { EmailConfirming } from '../../src/commands/confirm-email.ts';
import { ForumFacts } from '../../src/commands/forum-facts.ts';
import { GuestComments } from '../../src/commands/guest-comments.ts';
import { commandHandlers } from '../../src/commands/handlers.ts';
import { LinkIssuing } from '../../src/commands/link-issuing.ts';
import { LinkLookup } from '../../src/commands/link-lookup.ts';
import { MemberLookup } from '../../src/commands/member-lookup.ts';
import { EMAIL_KEY, PASSWORD_HASHING } from '../../src/commands/ports.ts';
import { PostPublishing } from '../../src/commands/publish-post.ts';
import { MemberRegistration } from '../../src/commands/register-member.ts';

/** The recording half of a forum: log, vault and command handlers in a folder of their own, without views or HTTP. */
export interface RecordingForum {
  readonly store: SqliteEventStore;
  readonly vault: ErasingVault;
  readonly commands: Commands;
  readonly registration: MemberRegistration;
  readonly publishing: PostPublishing;
  readonly members: MemberLookup;
  readonly links: LinkLookup;
  readonly issuing: LinkIssuing;
  readonly confirming: EmailConfirming;
  readonly guests: GuestComments;
  /** What the handlers ask. */
  readonly facts: ForumFacts;
  /** All that a stream holds, or the whole log. */
  readonly events: (stream?: string) => Promise<RecordedEvent[]>;
  readonly close: () => Promise<void>;
}

class RecordingModule {}

/** Passwords are not really hashed, which would only cost time. `maxPages` makes the log's disk full early. */
export async function openRecordingForum(options: { maxPages?: number } = {}): Promise<RecordingForum> {
  const folder = mkdtempSync(join(tmpdir(), 'colloquy-recording-'));
  const store = await openSqliteEventStore({ file: join(folder, 'log.db'), ...options });
  const vault = await openSqliteVault({ file: join(folder, 'vault.db') });
  const nest = await contextOver(store, vault, new ImageFiles(imagesDir(folder)));
  return {
    store,
    vault,
    commands: nest.get(CommandBus),
    registration: nest.get(MemberRegistration),
    publishing: nest.get(PostPublishing),
    members: nest.get(MemberLookup),
    links: nest.get(LinkLookup),
    issuing: nest.get(LinkIssuing),
    confirming: nest.get(EmailConfirming),
    guests: nest.get(GuestComments),
    facts: nest.get(ForumFacts),
    events: (stream) => all(stream === undefined ? store.readAll() : store.readStream(stream)),
    close: async () => {
      await nest.close();
      await store.close();
      await vault.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function contextOver(
  store: SqliteEventStore,
  vault: ErasingVault,
  images: ImageFiles,
): Promise<INestApplicationContext> {
  const providers = [
    ...commandHandlers,
    { provide: EVENT_STORE, useValue: store },
    { provide: VAULT, useValue: vault },
    { provide: IMAGE_FILES, useValue: images },
    { provide: PASSWORD_HASHING, useValue: { hash: async (password: string) => `hash of ${password}` } },
    { provide: AUTHOR_RECORDS, useValue: NO_RECORDS },
    { provide: ADMINS, useValue: { ids: () => registeredIn(store) } },
    { provide: EMAIL_KEY, useValue: () => 'a key for tests' },
  ];
  const module = { module: RecordingModule, imports: [CqrsModule.forRoot()], providers };
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}

/** Everybody who has registered: the log is asked who of them is an admin. */
async function registeredIn(store: SqliteEventStore): Promise<string[]> {
  const events = await all(store.readAll({ filter: { types: versionsUpTo('MemberRegistered.v2') } }));
  return events.map(({ stream }) => stream.slice('member-'.length));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
