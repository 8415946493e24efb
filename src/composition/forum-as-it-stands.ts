import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore, type RecordedEvent, StoreAround } from '../../libs/event-store/index.ts';
import { IMAGE_FILES, ImageFiles, imagesDir } from '../../libs/images/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import { VIEWS } from '../../libs/projections/index.ts';
import { VAULT } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import { queryHandlers } from '../views/query-handlers.ts';
import { FIXED_SETTINGS, SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import { fixedSettings } from './fixed-settings.ts';
import { openLog } from './open-log.ts';
import { closeAll, type WritingLog } from './opened-log.ts';
import { type ReplayedViews, type ReplayRun, replayedViews } from './replayed-views.ts';

/** The views that tell what everybody may read. */
const READ = ['members', 'post-list', 'thread', 'images', 'site', 'translations'];

/** A forum as it stood when it was opened, for programs that ask its queries beside a server or without one. */
export interface ForumAsItStands {
  readonly log: WritingLog;
  /** The position that it shows. */
  readonly until: Position;
  readonly queries: QueryBus;
  readonly site: SiteInMemory;
  close(): Promise<void>;
}

/** Throws like `replayedViews`, and ConfigError. */
export async function openForumAsItStands(config: Config, run: ReplayRun): Promise<ForumAsItStands> {
  const replayed = await replayedViews(config, READ, run);
  const closing: { close(): Promise<void> }[] = [replayed];
  try {
    const log = await openLog(config, {}, { keysAhead: false });
    closing.unshift(log);
    await log.reached();
    const until = replayed.views.position();
    const nest = await readingContext(config, { replayed, store: new StoreUpTo(log.store, until) });
    closing.unshift(nest);
    return { log, until, queries: nest.get(QueryBus), site: nest.get(SITE), close: () => closeAll(closing) };
  } catch (error) {
    await closeAll(closing).catch(() => undefined);
    throw error;
  }
}

@Module({})
class ReadingModule {}

function readingContext(
  config: Config,
  { replayed: { views, vault }, store }: { readonly replayed: ReplayedViews; readonly store: EventStore },
): Promise<INestApplicationContext> {
  const foundation = [
    { provide: EVENT_STORE, useValue: store },
    { provide: VAULT, useValue: vault },
    { provide: VIEWS, useValue: views },
    { provide: IMAGE_FILES, useValue: new ImageFiles(imagesDir(config.dataDir)) },
    { provide: FIXED_SETTINGS, useValue: fixedSettings(config) },
  ];
  const reading = {
    module: ReadingModule,
    global: true,
    imports: [CqrsModule.forRoot()],
    providers: [...foundation, ...queryHandlers],
    exports: [CqrsModule, ...queryHandlers],
  };
  return NestFactory.createApplicationContext(reading, { logger: false, abortOnError: false });
}

/** What came later is not there. */
class StoreUpTo extends StoreAround {
  readonly #until: Position;

  constructor(store: EventStore, until: Position) {
    super(store);
    this.#until = until;
  }

  override async *readStream(stream: string, from?: bigint): AsyncIterable<RecordedEvent> {
    for await (const event of super.readStream(stream, from)) {
      if (event.position > this.#until) return;
      yield event;
    }
  }
}
