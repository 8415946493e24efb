import { expect, it } from '@jest/globals';
import type { Recorded } from '../../libs/nest-decider/index.ts';
import { ImportBegun } from './import-begun.ts';

const counts = (imported: number) => ({
  dryRun: false,
  posts: { imported, updated: 0, unchanged: 3, skipped: {} },
  comments: { imported: 0, held: 0, placeholders: 0, unchanged: 9, skipped: {} },
});

it('an import from the shell is noted once, by the system, when it has brought something, and keeps nobody out', async () => {
  const executed: unknown[] = [];
  const recorded: Recorded = { position: 1n, revision: 0n, repeated: false, facts: [] };
  const execute = async (command: unknown): Promise<Recorded> => {
    executed.push(command);
    return recorded;
  };
  const begun = new ImportBegun({ commands: { execute } });
  begun.reached(counts(0));
  begun.reached({ ...counts(1), dryRun: true });
  expect(executed).toEqual([]);
  begun.reached(counts(1));
  begun.reached(counts(2));
  await begun.end();
  expect(executed).toEqual([
    expect.objectContaining({
      data: expect.objectContaining({ reactor: 'import-shell', until: '1970-01-01T00:00:00.000Z', tasks: [] }),
      meta: expect.objectContaining({ actor: 'system' }),
    }),
  ]);
});

it('an import that cannot be noted says so at its end', async () => {
  const begun = new ImportBegun({ commands: { execute: () => Promise.reject(new Error('the log is full')) } });
  await expect(begun.end()).resolves.toBeUndefined();
  begun.reached(counts(1));
  await expect(begun.end()).rejects.toThrow('the log is full');
});
