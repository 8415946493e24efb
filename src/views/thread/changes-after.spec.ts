import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { changesAfter } from './changes-after.ts';
import { KeptChanges } from './kept-changes.ts';
import { CHANGE, THREAD_SCHEMA } from './thread.schema.ts';
import { postedCode, STEP_KIND, STEPS_IN_ROW, ThreadSteps } from './thread-steps.ts';

const POST = 1;
const MOST = 30;

/** Comments that readers are told of, in a shadow, or held by what posted them; other changes with a step, and steps that tell nothing. */
const lives = fc.array(
  fc.record({
    what: fc.constantFrom('told', 'shadow', 'held', 'edited', 'passed', 'flush'),
    times: fc.constantFrom(1, 2, 3, 69, 70, 71),
  }),
  { maxLength: 9 },
);

function lived(sequence: readonly { readonly what: string; readonly times: number }[]) {
  const db = new Database(':memory:');
  db.exec(THREAD_SCHEMA);
  db.exec("INSERT INTO post (n, id) VALUES (1, x'01')");
  const [steps, kept] = [new ThreadSteps(db), new KeptChanges(db)];
  const told: { readonly position: string; readonly kind: number }[] = [];
  const flush = (): void => [steps, kept].forEach((part) => void part.flush());
  let last = 0n;
  for (const { what, times } of sequence) {
    for (let time = 0; time < times && what !== 'flush'; time += 1) {
      const position = (last += 1n);
      const about = { position, comment: position, at: Number(position) };
      const code = { told: postedCode(true), shadow: postedCode(false), held: postedCode(true) }[what];
      steps.add(POST, { ...about, code: code ?? STEP_KIND.passed });
      if (what === 'held') steps.hush(POST, position);
      if (what === 'edited') kept.add(POST, { ...about, kind: CHANGE.edited });
      if (what === 'told') told.push({ position: String(position), kind: CHANGE.posted });
      if (what === 'edited') told.push({ position: String(position), kind: CHANGE.edited });
    }
    if (what === 'flush') flush();
  }
  flush();
  return { db, told, last };
}

describe('the changes after a position', () => {
  it('are all that readers were told of, new comments and others, in their order, or none when there are too many', () => {
    const property = fc.property(lives, fc.nat(300), (sequence, from) => {
      const { db, told, last } = lived(sequence);
      const after = BigInt(from);
      const found = changesAfter(db, { post: POST, after, most: MOST });
      const missed = told.filter(({ position }) => BigInt(position) > after);
      // Where there are many steps that tell nothing, a reader may be sent to read the thread anew.
      const isMany = last - after > BigInt(STEPS_IN_ROW);
      if (found === null) expect(missed.length > MOST || isMany).toBe(true);
      else expect(found.map(({ position, kind }) => ({ position, kind }))).toEqual(missed);
      if (missed.length > MOST) expect(found).toBeNull();
      for (const { position, comment, at } of found ?? []) expect([comment, at]).toEqual([position, Number(position)]);
      db.close();
    });
    fc.assert(property, { numRuns: 200 });
  });
});
