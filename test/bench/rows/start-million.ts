import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveForum } from '../../support/served-forum.ts';
import { bigLogDir } from '../big-log.ts';
import { alternate, seconds } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

/** Both have been served before: their secrets, keys and views are there. */
export const startMillion: Row = {
  name: 'start-million',
  what: 'start to ready with 1,000,000 events and current views',
  against: 'the start of an empty forum',
  unit: 's',
  bound: atMost(1.5),
  run: async (options) => {
    const count = options.quick ? 100_000 : 1_000_000;
    const scratch = mkdtempSync(join(tmpdir(), 'colloquy-bench-'));
    const [full, empty] = [join(scratch, 'full'), join(scratch, 'empty')];
    cpSync(await bigLogDir(count), full, { recursive: true });
    const firstStart = await start(full);
    await start(empty);
    const compared = await alternate(
      options.rounds,
      () => start(full),
      () => start(empty),
    );
    rmSync(scratch, { recursive: true });
    return { ...compared, notes: { events: count, firstStartBuildsViewsSeconds: firstStart.toFixed(1) } };
  },
};

/** Seconds from the start of the process until it says that it is ready. */
async function start(dataDir: string): Promise<number> {
  let end = async (): Promise<unknown> => undefined;
  const took = await seconds(async () => {
    const forum = await serveForum({ dataDir, env: { NODE_ENV: 'production', LOG_LEVEL: 'error' } });
    end = () => forum.end();
  });
  await end();
  return took;
}
