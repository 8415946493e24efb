import 'reflect-metadata';
import { openForum } from '../../src/composition/open-forum.ts';
import { readConfig } from '../../src/config.ts';

/** Milliseconds: less than the half minute of `colloquy serve`, for tests of what happens when a lease runs out. */
const LEASE_MS = 8_000;

/** A forum as `colloquy serve` opens it, with leases that are over soon. */
const forum = await openForum(readConfig(process.env), { leaseMs: LEASE_MS });
process.once('SIGTERM', () => {
  void forum.close().then(() => process.exit(0));
});
process.stdout.write(`Colloquy listens on ${forum.url}\n`);
