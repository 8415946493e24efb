import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProgram } from '../../support/child-program.ts';
import { startBenchForum } from '../bench-forum.ts';
import { discussedPost } from '../discussed-post.ts';
import { httpLoad } from '../load/run-http-load.ts';
import { alternate } from '../measure.ts';
import { atLeast, type Row } from '../row.ts';

const CONNECTIONS = 64;
const COMMENTS = 500;

const bare = resolve(import.meta.dirname, '../baselines/fastify.ts');

export const readThread: Row = {
  name: 'read-thread',
  what: `GET first page of a ${COMMENTS}-comment thread, ${CONNECTIONS} connections`,
  against: 'bare Fastify route that sends the same bytes from memory',
  unit: 'requests/s',
  bound: atLeast(0.7),
  run: async (options) => {
    const seconds = options.quick ? 4 : 10;
    const ours = await startBenchForum(options);
    const { postId } = await discussedPost(ours.forum.address, ours.admin, COMMENTS);
    const path = `/api/v1/posts/${postId}/comments`;
    const bytes = Buffer.from(await (await fetch(ours.forum.address + path)).arrayBuffer());
    const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
    const file = join(scratch, 'thread.json');
    writeFileSync(file, bytes);
    const base = await startProgram([bare, file], { env: { NODE_ENV: 'production' } });
    const load = (address: string, from: string): Promise<number> =>
      httpLoad({ addresses: [address], connections: CONNECTIONS, seconds }, [
        [{ method: 'GET', path: from, headers: {} }],
      ]);
    const compared = await alternate(
      options.rounds,
      () => load(ours.forum.address, path),
      () => load(base.firstLine, '/thread'),
    );
    await ours.end();
    await base.end();
    rmSync(scratch, { recursive: true });
    return { ...compared, notes: { connections: CONNECTIONS, comments: COMMENTS, bytes: bytes.byteLength, seconds } };
  },
};
