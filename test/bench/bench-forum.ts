import { rmSync } from 'node:fs';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import type { ServedForum } from '../support/served-forum.ts';
import { serveMeasured } from './measured-forum.ts';
import type { BenchOptions } from './row.ts';

/** The built server with an admin, for one row of the table. */
export interface BenchForum {
  readonly forum: ServedForum;
  readonly admin: Account;
  post(title: string): Promise<string>;
  end(): Promise<void>;
}

export async function startBenchForum(
  options: BenchOptions,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchForum> {
  const profile = options.profileDir === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`];
  const forum = await serveMeasured({ nodeArgs: profile, env });
  const admin = await newAccount(forum.address, 'bench-admin');
  return {
    forum,
    admin,
    post: (title) => newPost(forum.address, admin, title),
    end: async () => {
      await forum.end();
      rmSync(forum.dataDir, { recursive: true, force: true });
    },
  };
}
