import { parseArgs } from 'node:util';
import { ProofError } from '../proof-error.ts';
import { countedEvents } from './counted-events.ts';
import { isFormThread, runFormThread } from './form-thread.ts';
import { PlainProgress } from './plain-progress.ts';
import { mustBeNoRefusal, readCheckpointFiles, readKeys } from './read-inputs.ts';
import { type DueSubject, dueSubject } from './receipt-subject.ts';
import { verifyExport } from './verify-export.ts';
import { isReceipt, receiptWords, verifyReceipt } from './verify-receipt.ts';
import { reportWords } from './words.ts';

const USAGE = `usage: node colloquy-verify.mjs EXPORT --key KEY... [--checkpoint FILE]... [--against EXPORT]... [--json]
       node colloquy-verify.mjs RECEIPT --key KEY... [--about COMMENT] [--event EVENT] [--changes FILE]... [--json]

Checks a receipt (comment-ID.tlog-proof): that its event led to a root which the forum signed, and that it is about the comment which the
file's name says, or --about. Or an export of a Colloquy forum's log, offline: that every line is the canonical form of an event, that all lines together
have the root which the forum signed, and that they agree with every checkpoint that you kept.

  --key KEY          the forum's verifier key (GET /api/v1/audit/key), as text or as a file with one a line;
                     may be repeated. A key that you hold leads to those after and before it by the changes in EXPORT
  --changes FILE     changes of the key, as GET /api/v1/audit/keys answers them, to be followed for a receipt;
                     may be repeated. One that both keys did not sign is left alone
  --about COMMENT    the id of the comment that the receipt must be about
  --event EVENT      the id of the event that the receipt must be about
  --checkpoint FILE  a checkpoint that you kept; may be repeated. EXPORT.checkpoint is used too when it is there
  --against EXPORT   another export of the same log, to name the event that differs; may be repeated
  --json             print what was found as one JSON document on standard output

The exit status is 0 when all holds, 1 when something does not, 2 for a wrong call. A data folder is checked by the forum's own
command: colloquy verify.
`;

/** A call that cannot be; its message says why. */
class WrongCall extends Error {}

/** The verifier as a program of its own; gives its exit status. */
async function main(words: readonly string[]): Promise<number> {
  try {
    return await verify(words);
  } catch (error) {
    if (error instanceof WrongCall) process.stderr.write(`colloquy-verify: ${error.message}\n\n${USAGE}`);
    else if (error instanceof Error) process.stderr.write(`colloquy-verify: ${error.message}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

async function verify(called: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(called);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new WrongCall('give one export or receipt to check');
  if (values.key === undefined) throw new WrongCall('give the forum’s key: without it nothing can be shown');
  const keys = keysOf(values.key, values.changes ?? []);
  for (const one of [file, ...(values.against ?? []), ...(values.checkpoint ?? [])]) notRefused(one);
  const due = dueOf(values);
  if (isReceipt(file)) return receipt(file, { keys, due, json: values.json === true });
  if (values.about !== undefined || values.event !== undefined)
    throw new WrongCall('--about and --event are for a receipt, and this is an export');
  const started = performance.now();
  const progress = new PlainProgress('verify', process.stderr);
  const report = await verifyExport({
    file,
    keys,
    checkpoints: readCheckpointFiles(values.checkpoint ?? [], file),
    against: values.against ?? [],
    formThread: new URL(import.meta.url),
    onProgress: ({ events, bytes, all }) => progress.show(bytes, all, events),
  }).finally(() => progress.end());
  const seconds = Math.round(performance.now() - started) / 1_000;
  const eventsPerSecond = Math.round(report.events / Math.max(seconds, 0.001));
  const words = [
    ...reportWords(report, file),
    `${countedEvents(report.events)} in ${seconds} s, ${eventsPerSecond} a second`,
  ];
  if (values.json === true) process.stdout.write(`${JSON.stringify({ ...report, seconds, eventsPerSecond })}\n`);
  else process.stderr.write(`${words.join('\n')}\n`);
  return report.ok ? 0 : 1;
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        key: { type: 'string', multiple: true },
        changes: { type: 'string', multiple: true },
        about: { type: 'string' },
        event: { type: 'string' },
        checkpoint: { type: 'string', multiple: true },
        against: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new WrongCall(error instanceof Error ? error.message : String(error));
  }
}

interface ReceiptCall {
  readonly keys: ReturnType<typeof readKeys>;
  readonly due: DueSubject;
  readonly json: boolean;
}

/** Throws WrongCall for what is no id. */
function dueOf(given: DueSubject): DueSubject {
  try {
    return dueSubject(given);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(error.message);
    throw error;
  }
}

function receipt(file: string, { keys, due, json }: ReceiptCall): number {
  const report = verifyReceipt(file, keys, due);
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else process.stderr.write(`${receiptWords(report).join('\n')}\n`);
  return report.ok ? 0 : 1;
}

/** Throws WrongCall for what the forum answered in place of a file. */
function notRefused(file: string): void {
  try {
    mustBeNoRefusal(file);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(error.message);
    throw error;
  }
}

function keysOf(given: readonly string[], changes: readonly string[]): ReturnType<typeof readKeys> {
  try {
    return readKeys(given, changes);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(`--key: ${error.message}`);
    throw error;
  }
}

if (isFormThread()) await runFormThread();
else process.exitCode = await main(process.argv.slice(2));
