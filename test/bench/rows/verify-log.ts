import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openSqliteEventReader } from '../../../libs/event-store/index.ts';
import { newSigner, newSignerKey, type Signer, verifyExport } from '../../../libs/transparency/index.ts';
import { type ExportedLog, exportLog } from '../../../src/keeping/export/export-log.ts';
import { bigLogDir } from '../big-log.ts';
import { alternate, seconds } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const FORM_THREAD = pathToFileURL(resolve(import.meta.dirname, '../../../libs/transparency/verify/form.worker.ts'));
const NEWLINE = 0x0a;

/** An export verified offline (form of each line, numbers, tree, signature), against nothing but the hash of each line. */
export const verifyLog: Row = {
  name: 'verify-log',
  what: 'verification of an export of 1,000,000 events',
  against: 'bare SHA-256 over the same lines',
  unit: 's',
  bound: atMost(2.5),
  run: async (options) => {
    const count = options.quick ? 100_000 : 1_000_000;
    const signer = newSigner(newSignerKey('forum.example/colloquy'));
    const file = join(await bigLogDir(count), 'log.ndjson');
    const { bytes, checkpoint } = await exported(file, signer);
    const compared = await alternate(
      options.rounds,
      () =>
        seconds(async () => {
          const checkpoints = [{ name: 'checkpoint', note: checkpoint }];
          const report = await verifyExport({
            file,
            keys: [signer],
            checkpoints,
            against: [],
            formThread: FORM_THREAD,
          });
          if (!report.ok || report.events !== count) throw new Error('the export was not accepted');
        }),
      () => seconds(() => hashLines(file)),
    );
    return { ...compared, notes: { events: count, bytes } };
  },
};

async function exported(file: string, signer: Signer): Promise<ExportedLog> {
  const log = await openSqliteEventReader({ file: join(dirname(file), 'log.db') });
  const { signal } = new AbortController();
  const record = async (): Promise<void> => {};
  const made = await exportLog({
    log,
    format: 'ndjson',
    file,
    signer,
    kept: null,
    onProgress: () => {},
    signal,
    record,
  });
  await log.close();
  return made;
}

/** Reads the file, and hashes each line; nothing is kept. */
async function hashLines(file: string): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) {
    if (!Buffer.isBuffer(chunk)) continue;
    const piece = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      hash('sha256', piece.subarray(from, end));
      from = end + 1;
    }
    rest = piece.subarray(from);
  }
}
