import { text } from 'node:stream/consumers';
import { checkSync } from 'recheck';

// A program of its own: within a test's sandbox the same automata take twenty times as long.
process.env.RECHECK_SYNC_BACKEND = 'pure';

/** Reads a JSON list of [source, flags], writes the list of what recheck calls each: safe, vulnerable or unknown. */
const patterns = JSON.parse(await text(process.stdin));
const judged = patterns.map(
  ([source, flags]) => checkSync(source, flags, { checker: 'automaton', timeout: null }).status,
);
process.stdout.write(JSON.stringify(judged));
