import { resolve } from 'node:path';
import { startProgram } from '../../support/child-program.ts';
import { newAccount } from '../../support/forum-account.ts';
import { startBenchForum } from '../bench-forum.ts';
import { commentRequests } from '../load/comment-requests.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';

const CONNECTIONS = 64;
const MEMBERS = 16;
const POSTS = 16;

const bare = resolve(import.meta.dirname, '../baselines/fastify.ts');

/** 64 connections of 16 members who comment on 16 posts, new ones in each round, all sending the same to both sides. */
export const postComment: Row = {
  name: 'post-comment',
  what: `POST a comment over HTTP, ${CONNECTIONS} connections`,
  against: 'bare Fastify route that validates the same body and answers',
  unit: 'requests/s',
  bound: atLeast(0.4),
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const ours = await startBenchForum(options);
    const base = await startProgram([bare, import.meta.filename], { env: { NODE_ENV: 'production' } });
    const tokens: string[] = [];
    for (let member = 0; member < MEMBERS; member += 1) {
      tokens.push((await newAccount(ours.forum.address, `bench-member-${member}`)).token);
    }
    const load = (address: string, prefix: string, posts: readonly string[]): Promise<number> =>
      httpLoad(
        { addresses: [address], connections: CONNECTIONS, seconds },
        commentRequests(CONNECTIONS, { prefix, posts, tokens }),
      );
    const newPosts = (): Promise<string[]> =>
      Promise.all(Array.from({ length: POSTS }, (_, at) => ours.post(`Post ${at}`)));
    const compared = await alternate(
      options.rounds,
      async () => load(ours.forum.address, '/api/v1', await newPosts()),
      () =>
        load(
          base.firstLine,
          '',
          Array.from({ length: POSTS }, (_, at) => `post-${at}`),
        ),
    );
    await ours.end();
    await base.end();
    return { ...compared, notes: { connections: CONNECTIONS, members: MEMBERS, posts: POSTS, seconds } };
  },
};
