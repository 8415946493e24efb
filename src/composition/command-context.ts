import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { OrderedAppends } from '../../libs/event-store/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { unreadableWords, WatchedVault } from '../../libs/vault/index.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { PostPublishing } from '../commands/publish-post.ts';
import { MemberRegistration } from '../commands/register-member.ts';
import { ImageStoring } from '../commands/store-image.ts';
import type { Config } from '../config.ts';
import { toldByNobody } from './author-records.ts';
import { commandsModule } from './commands.module.ts';
import { openLog, type WritingLog } from './open-log.ts';

/** The commands without HTTP and views, for programs that only write: import, member create. */
export interface CommandContext extends WritingLog {
  readonly store: OrderedAppends;
  /** The CommandBus. Its execute throws DomainError. */
  readonly commands: Commands;
  readonly registration: MemberRegistration;
  readonly publishing: PostPublishing;
  readonly images: ImageStoring;
  readonly members: MemberLookup;
  readonly nest: INestApplicationContext;
}

/**
 * Opens the log and puts the command handlers on a CommandBus; a server may run on the same DATA_DIR meanwhile. `tell`
 * is called for each seal that cannot be read. Throws ConfigError, StoreUnavailable.
 */
export async function createCommandContext(
  config: Config,
  tell: (reason: string) => void = () => undefined,
): Promise<CommandContext> {
  const opened = await openLog(config, {}, { keysAhead: false });
  const store = new OrderedAppends(opened.store);
  const vault = new WatchedVault(opened.vault, store, (seal) => tell(unreadableWords(seal)));
  const log = { ...opened, store, vault };
  try {
    await log.reached();
    const nest = await NestFactory.createApplicationContext(commandsModule(log, toldByNobody), {
      logger: false,
      abortOnError: false,
    });
    return {
      ...log,
      commands: nest.get(CommandBus),
      registration: nest.get(MemberRegistration),
      publishing: nest.get(PostPublishing),
      images: nest.get(ImageStoring),
      members: nest.get(MemberLookup),
      nest,
      close: () => nest.close().finally(() => log.close()),
    };
  } catch (error) {
    await log.close();
    throw error;
  }
}
