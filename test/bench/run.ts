/**
 * `npm run bench`: measures the forum against bare baselines, in turn within one run, and prints a table, each row as it is done.
 * --quick: small amounts, three rounds. --only a,b: some rows. --rounds N. --profile: CPU profiles of our side.
 * Exit status 1 when a bound is missed or a row crashed; the rows after it are measured all the same.
 */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killPrograms } from '../support/child-program.ts';
import { type Line, ResultFile, tableHead, tableLine } from './report.ts';
import type { BenchOptions } from './row.ts';
import { htmlAfterWrite } from './rows/after-write.ts';
import { appendTree } from './rows/append-tree.ts';
import { appends } from './rows/appends.ts';
import { digest, digestMemory } from './rows/digest.ts';
import { embedAll, embedCounts, embedFrame, embedPaint, embedScript } from './rows/embed.ts';
import { embedLive } from './rows/embed-live.ts';
import { firstPaint } from './rows/first-paint.ts';
import { erasure, memberData } from './rows/forgotten.ts';
import { feed, htmlPage, htmlSignedIn, listPages } from './rows/html-pages.ts';
import { image } from './rows/image.ts';
import { importing } from './rows/import.ts';
import { importKinds } from './rows/import-kinds.ts';
import { inboxPage } from './rows/inbox-page.ts';
import { kurrentdbAppend, kurrentdbRead } from './rows/kurrentdb-log.ts';
import { kurrentdbPost } from './rows/kurrentdb-post.ts';
import { live1000, liveComment } from './rows/live-comment.ts';
import { liveQueue } from './rows/live-queue.ts';
import { composerPaint, longThreadPage } from './rows/long-thread.ts';
import { mailOutbox, mailSmtp } from './rows/mails.ts';
import { newsletter } from './rows/newsletter.ts';
import { overload, overloadHealth, overloadLatency } from './rows/overload.ts';
import { policyCost } from './rows/policy-cost.ts';
import { postBesideReaders } from './rows/post-beside-readers.ts';
import { postComment } from './rows/post-comment.ts';
import { proveMillion } from './rows/prove-million.ts';
import { pushQueued } from './rows/pushes.ts';
import { queuePage } from './rows/queue-page.ts';
import { readThread } from './rows/read-thread.ts';
import { rebuildMillion, rebuildViews } from './rows/rebuild-views.ts';
import { reconnectPosts, reconnectStorm } from './rows/reconnect-storm.ts';
import { rehearsal } from './rows/rehearsal.ts';
import { search } from './rows/search.ts';
import { signIn, signInReads } from './rows/sign-in.ts';
import { sizePost, sizeRead } from './rows/size.ts';
import { diskBytes, rss20k, rssEmpty, startEmpty } from './rows/small-machine.ts';
import { startMillion } from './rows/start-million.ts';
import { suitcase } from './rows/suitcase.ts';
import { threeNodes } from './rows/three-nodes.ts';
import { timeMachine } from './rows/time-machine.ts';
import { toldFollowers, toldInbox, toldQueued } from './rows/told.ts';
import { verifyBeside } from './rows/verify-beside.ts';
import { verifyLog } from './rows/verify-log.ts';
import { runRows } from './run-rows.ts';

const ROWS = [
  appends,
  postComment,
  readThread,
  timeMachine,
  htmlPage,
  htmlSignedIn,
  listPages,
  feed,
  image,
  postBesideReaders,
  longThreadPage,
  htmlAfterWrite,
  composerPaint,
  firstPaint,
  liveComment,
  live1000,
  liveQueue,
  rebuildViews,
  rebuildMillion,
  startMillion,
  startEmpty,
  rssEmpty,
  rss20k,
  diskBytes,
  sizePost,
  sizeRead,
  threeNodes,
  kurrentdbAppend,
  kurrentdbRead,
  kurrentdbPost,
  policyCost,
  queuePage,
  rehearsal,
  erasure,
  memberData,
  importing,
  ...importKinds,
  verifyLog,
  appendTree,
  proveMillion,
  verifyBeside,
  overload,
  overloadLatency,
  overloadHealth,
  signIn,
  signInReads,
  reconnectStorm,
  reconnectPosts,
  embedScript,
  embedFrame,
  embedAll,
  embedPaint,
  embedCounts,
  embedLive,
  mailOutbox,
  mailSmtp,
  newsletter,
  toldFollowers,
  toldInbox,
  toldQueued,
  pushQueued,
  inboxPage,
  search,
  suitcase,
  digest,
  digestMemory,
];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});

const profileDir = values.profile ? resolve('bench-results/profiles') : null;
if (profileDir !== null) mkdirSync(profileDir, { recursive: true });
const options: BenchOptions = {
  rounds: Number(values.rounds ?? (values.quick ? 3 : 5)),
  quick: values.quick,
  profileDir,
};
const wanted = values.only?.split(',') ?? ROWS.map((row) => row.name);
const unknown = wanted.filter((name) => !ROWS.some((row) => row.name === name));
if (unknown.length > 0) {
  process.stderr.write(`no row ${unknown.join(', ')}; there are ${ROWS.map((row) => row.name).join(', ')}\n`);
  process.exit(2);
}

process.on('exit', killPrograms);
const rows = ROWS.filter(({ name }) => wanted.includes(name));

const lines: Line[] = [];
const results = new ResultFile(options);
process.stdout.write(`${tableHead()}\n`);
await runRows(rows, options, {
  begins: ({ name, what }) => process.stderr.write(`${name}: ${what}…\n`),
  done: (line) => {
    lines.push(line);
    results.save(lines);
    process.stdout.write(`${tableLine(line)}\n`);
    if (!('crash' in line)) return;
    process.stderr.write(`${line.name}: ${line.crash}\n`);
    killPrograms();
  },
});
process.stderr.write(`${results.name}\n`);
process.exitCode = lines.every((line) => line.met) ? 0 : 1;
