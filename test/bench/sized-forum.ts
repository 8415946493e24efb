import { cpSync, rmSync } from 'node:fs';
import { newAccount, newPost } from '../support/forum-account.ts';
import { newDataDir, type ServedForum } from '../support/served-forum.ts';
import { bigLogDir } from './big-log.ts';
import { type DiscussedPost, discussedPost } from './discussed-post.ts';
import { serveMeasured } from './measured-forum.ts';

const MEMBERS = 16;
const COMMENTS = 500;

/** The built server over a log of a given size, with people and a thread of its own to measure with. */
export interface SizedForum {
  readonly forum: ServedForum;
  readonly tokens: readonly string[];
  readonly thread: DiscussedPost;
  newPosts(count: number): Promise<readonly string[]>;
  end(): Promise<void>;
}

/** Serves a log of so many events once its views have read it; people and thread stand at its end. */
export async function startSizedForum(events: number): Promise<SizedForum> {
  const dataDir = newDataDir();
  cpSync(await bigLogDir(events), dataDir, { recursive: true });
  const forum = await serveMeasured({ dataDir });
  const admin = await newAccount(forum.address, 'bench-admin');
  const tokens: string[] = [];
  for (let member = 0; member < MEMBERS; member += 1) {
    tokens.push((await newAccount(forum.address, `bench-member-${member}`)).token);
  }
  const thread = await discussedPost(forum.address, admin, COMMENTS);
  return {
    forum,
    tokens,
    thread,
    newPosts: (count) =>
      Promise.all(Array.from({ length: count }, (_, at) => newPost(forum.address, admin, `Post ${at}`))),
    end: async () => {
      await forum.end();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
