import { readFileSync } from 'node:fs';
import type { NewEvent } from '../../libs/event-store/index.ts';
import type { Json } from '../../libs/kernel/index.ts';
import type { DataKey } from '../../libs/vault/index.ts';
import { openLog, type WritingLog } from '../../src/composition/open-log.ts';
import { readConfig } from '../../src/config.ts';

/** A line of `test/golden-events/log-of-v1.ndjson`: an event of the log with its personal part opened. */
export interface OldEventLine extends Omit<NewEvent, 'sealed'> {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly data: { readonly [field: string]: Json };
  readonly personal: { readonly [field: string]: Json } | null;
}

/** The password of everybody in the old log. */
export const OLD_PASSWORD = 'correct horse battery';

/** A small forum as the program recorded it when all types had their first version. */
export function oldLog(): readonly OldEventLine[] {
  const text = readFileSync(new URL('../golden-events/log-of-v1.ndjson', import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line): OldEventLine => JSON.parse(line));
}

/** Appends the events to the empty log of a DATA_DIR, each stream's personal parts sealed with a key of its own. */
export async function recordOldLog(dataDir: string, lines: readonly OldEventLine[]): Promise<void> {
  const log = await openLog(readConfig({ DATA_DIR: dataDir }));
  const keys = new Map<string, DataKey>();
  try {
    for (const line of lines) await append(log, line, keys);
  } finally {
    await log.close();
  }
}

async function append({ store, vault }: WritingLog, line: OldEventLine, keys: Map<string, DataKey>): Promise<void> {
  const { stream, revision, personal, id, type, data, occurredAt, actor, correlationId, causationId } = line;
  let sealed: Uint8Array | null = null;
  if (personal !== null) {
    const key = keys.get(stream) ?? (await vault.takeKey());
    keys.set(stream, key);
    sealed = await vault.seal(key, personal, { stream, type, id });
  }
  const event = { id, type, data, sealed, occurredAt, actor, correlationId, causationId };
  await store.append(stream, [event], revision === '0' ? 'no-stream' : BigInt(revision) - 1n);
}
