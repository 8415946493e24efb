import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { decoders } from '../../src/commands/decoders.ts';
import { ImportComment, ImportPlaceholder } from '../../src/domain/comment/comment.commands.ts';
import { importFile } from '../../src/import/recording/import-file.ts';
import { comment, END, post, writeExport } from '../support/made-exports.ts';
import { ImportForum, NOW } from './importing.ts';

const file = join(tmpdir(), `comment-order-${process.pid}.xml`);
/** What nobody brings: an answer to 60 is put at its place. */
const LEFT_OUT = 60;

/** The comment that it answers; 0 at the top. */
function answered(id: number): number {
  if (id % 4 === 0) return Math.ceil(id / 8);
  return id === LEFT_OUT + 1 ? LEFT_OUT : 0;
}

function depthOf(id: number): number {
  return answered(id) === 0 || id === LEFT_OUT ? 0 : 1 + depthOf(answered(id));
}

/** Level by level, each as in the file; a placeholder stands where the first answer to it made it known. */
function inOrder(): readonly string[] {
  const ids = Array.from({ length: 100 }, (_, index) => index + 1);
  return ids
    .toSorted((a, b) => depthOf(a) - depthOf(b) || a - b)
    .map((id) => (id === LEFT_OUT ? `1-missing-${LEFT_OUT}` : String(id)));
}

/** All of one second, as a blog has them that moved from elsewhere before. */
function* discussed(): Iterable<string> {
  yield post(1);
  for (let id = 1; id <= 100; id += 1) if (id !== LEFT_OUT) yield comment(id, { answers: answered(id) });
  yield END;
}

beforeAll(() => writeExport(file, discussed()));
afterAll(() => rmSync(file));

/** Whatever is sent in one turn of the event loop is begun from the last one to the first one. */
function lastFirst(commands: Commands): Commands {
  let sent: (() => void)[] = [];
  const begin = (): void => {
    for (const one of sent.reverse()) one();
    sent = [];
  };
  return {
    execute: async (command) => {
      if (!(command instanceof ImportComment || command instanceof ImportPlaceholder)) return commands.execute(command);
      if (sent.length === 0) setImmediate(begin);
      await new Promise<void>((now) => sent.push(now));
      return commands.execute(command);
    },
  };
}

test('comments of one second are recorded in the order of the file, below each parent, however long each takes', async () => {
  const forum = await ImportForum.open();
  try {
    const target = { ...forum.context, commands: lastFirst(forum.context.commands) };
    const { comments } = await importFile(file, target, { source: 'wordpress', now: NOW });
    expect(comments).toMatchObject({ imported: 99, placeholders: 1, skipped: {} });
    const recorded: string[] = [];
    for await (const event of forum.context.store.readAll({ filter: { types: ['CommentPosted.v1'] } })) {
      const { data } = decoders.comment.read(event);
      if ('source' in data && data.source !== null) recorded.push(data.source.id);
    }
    expect(recorded).toEqual(inOrder());
  } finally {
    await forum.close();
  }
});
