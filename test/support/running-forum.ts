import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import type { Forum, ForumParts } from '../../src/composition/forum.ts';
import { openForum } from '../../src/composition/open-forum.ts';
import { type Environment, readConfig } from '../../src/config.ts';
import { ForumCaller } from './forum-caller.ts';
import { requireTold } from './told-answers.ts';

/** A forum in this process, on a free port and in a directory of its own that goes away with it. */
export interface RunningForum extends ForumCaller {
  readonly forum: Forum;
  readonly dataDir: string;
  /** Ends it; `keep` leaves the directory, for another start with `DATA_DIR`. */
  close(options?: { readonly keep?: boolean }): Promise<void>;
}

export interface StartOptions extends ForumParts {
  readonly env?: Environment;
}

/**
 * Settings of tests: a free port, no rate limits, time to answer whatever else the machine does, and a log that is silent
 * about what tests do wrong on purpose.
 */
const TEST_SETTINGS = { PORT: '0', RATE_LIMITS: 'off', ANSWER_WITHIN_MS: '60000', LOG_LEVEL: 'silent' };

/**
 * Starts a forum in this process; settings in `env` go before those of tests. Its callers throw for an answer that the API's
 * description does not tell of. Its reactors rest unless told, so that tests can count the events of a request.
 */
export async function startForum({ env = {}, ...parts }: StartOptions = {}): Promise<RunningForum> {
  const dataDir = env.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'colloquy-'));
  const config = readConfig({ ...TEST_SETTINGS, ...env, DATA_DIR: dataDir });
  const forum = await openForum(config, { reacts: false, ...parts });
  const close = async ({ keep = env.DATA_DIR !== undefined } = {}): Promise<void> => {
    await forum.close();
    if (!keep) rmSync(dataDir, { recursive: true, force: true });
  };
  return Object.assign(new ForumCaller(forum.url, requireTold, forum.founderCode ?? undefined), {
    forum,
    dataDir,
    close,
  });
}

export function newId(): string {
  return randomUUID();
}
