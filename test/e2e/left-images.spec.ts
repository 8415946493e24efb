import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { ImageFiles, imagesDir } from '../../libs/images/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';
import { ImageStoring, type NewImage } from '../../src/commands/store-image.ts';
import type { StoreImage } from '../../src/domain/image/image.commands.ts';
import { drawn } from '../support/pictures.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

const DYING = join(import.meta.dirname, '../support/dying-image.process.ts');
const HOUR_S = 3_600;

const image = async (): Promise<NewImage> => ({
  imageId: newId(),
  ownerId: null,
  address: null,
  alt: null,
  bytes: await drawn(600, 400).png().toBuffer(),
});
const meta = () => ({
  commandId: newId(),
  actor: 'system',
  now: new Date().toISOString(),
  correlationId: newId(),
  causationId: null,
});

describe('files of an image whose import was killed before it was recorded', () => {
  let place: string;
  let dataDir: string;
  let recorded: readonly string[];
  let left: readonly string[];

  const served = async (work: (storing: ImageStoring, forum: RunningForum) => Promise<void>): Promise<void> => {
    const forum = await startForum({ env: { DATA_DIR: dataDir } });
    await work(forum.forum.app.get(ImageStoring, { strict: false }), forum);
    await forum.close({ keep: true });
  };
  const files = (): readonly string[] =>
    readdirSync(join(dataDir, 'images'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort();
  const age = (hours: number): void => {
    const at = Date.now() / 1_000 - hours * HOUR_S;
    for (const file of files()) utimesSync(file, at, at);
  };
  const gone = async (): Promise<void> => {
    while (files().length > recorded.length) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'colloquy-left-images-'));
    dataDir = join(place, 'data');
    await served(async (storing) => {
      await storing.store(await image(), meta());
    });
    recorded = files();
    const signal = await new Promise<unknown>((resolve) => {
      execFile(process.execPath, ['--no-warnings', DYING, dataDir], (error, _, said) => resolve(error?.signal ?? said));
    });
    expect(signal).toBe('SIGKILL');
    left = files().filter((file) => !recorded.includes(file));
    expect(left.length).toBeGreaterThan(recorded.length);
  }, 60_000);
  afterEach(() => rmSync(place, { recursive: true }));

  it('are taken away at a start once they are an hour old, and nothing else is', async () => {
    await served(async (storing) => expect(await storing.sweep(Date.now())).toBe(0));
    expect(files()).toEqual([...recorded, ...left].sort());
    age(2);
    await served(gone);
    expect(files()).toEqual(recorded);
  }, 60_000);

  it('stay when their event came all the same, though its answer did not', async () => {
    await served(async (_, { forum: { app, log } }) => {
      const store = log.store;
      const commands = app.get(CommandBus, { strict: false });
      const unanswered = {
        execute: async (command: StoreImage): Promise<never> => {
          await commands.execute(command);
          throw new DomainError('storage_unavailable', 'The log was away.');
        },
      };
      const storing = new ImageStoring(unanswered, store, new ImageFiles(imagesDir(dataDir)));
      await expect(storing.store(await image(), meta())).rejects.toThrow('The log was away.');
      recorded = files().filter((file) => !left.includes(file) && !file.includes('unrecorded'));
      age(2);
      await app.get(ImageStoring, { strict: false }).sweep(Date.now());
      expect(files()).toEqual(recorded);
    });
  }, 60_000);

  it('are taken away by the next import', async () => {
    const blog = join(place, 'blog.xml');
    writeFileSync(blog, '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A</title></channel></rss>');
    age(2);
    expect((await runColloquy(['import', 'wordpress', blog], { dataDir })).status).toBe(0);
    expect(files()).toEqual(recorded);
  }, 60_000);
});
