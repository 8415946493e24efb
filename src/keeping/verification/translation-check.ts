import { createHash } from 'node:crypto';
import { type EventStore, eventLine } from '../../../libs/event-store/index.ts';
import type { DataInput, DataLog } from './data-input.ts';
import { reasonIn } from './findings.ts';

/** Translations that are named one by one. */
const MOST_NAMED = 10;

/** Whether translations are bound to texts of the log. */
export interface TranslationsChecked {
  readonly translations: number;
  /** Those that name an entry of another log, as all do that were written before a log was copied to another database. */
  readonly ofAnotherLog: number;
  readonly faults: readonly string[];
}

/** The events that hold texts which are translated. */
const TEXTS = ['CommentPosted.v1', 'CommentEdited.v1', 'PostPublished.v1', 'PostEdited.v1'];

/**
 * Looks up the text that each translation was made from: it must stand before it in the log, and its entry be the one that
 * the translation names. A copy to another database gives entries other positions and so other hashes: translations that
 * came before the first one with a right hash may be from there. An obstacle to the check is a fault, too. Throws the
 * signal's reason.
 */
export async function checkTranslations(
  log: Pick<DataLog, 'readAll'> | null,
  { signal }: Pick<DataInput, 'signal'>,
): Promise<TranslationsChecked> {
  const found = { translations: 0, ofAnotherLog: 0, faults: [] as string[] };
  if (log === null) return { ...found, faults: ['no translation was looked at, since the log cannot be read'] };
  try {
    await check(log, found, signal);
  } catch (error) {
    signal.throwIfAborted();
    found.faults.push(`the translations could not all be looked at: ${reasonIn(error)}`);
  }
  const more = found.faults.length - MOST_NAMED;
  if (more > 0) found.faults.splice(MOST_NAMED, more, `and ${more} more translations`);
  return found;
}

/** A translation, with the place of its text: stream and revision. */
interface Binding {
  readonly told: string;
  readonly position: bigint;
  readonly text: string;
  readonly hash: unknown;
}

interface Source {
  readonly position: bigint;
  readonly hash: string;
}

async function check(
  log: Pick<EventStore, 'readAll'>,
  found: { translations: number; ofAnotherLog: number; readonly faults: string[] },
  signal: AbortSignal,
): Promise<void> {
  const bindings = await bindingsIn(log, signal);
  if (bindings.length === 0) return;
  const sources = await sourcesOf(new Set(bindings.map(({ text }) => text)), log, signal);
  let isOfThisLog = false;
  for (const { told, position, text, hash } of bindings) {
    found.translations += 1;
    const source = sources.get(text);
    if (source === undefined || source.position > position)
      found.faults.push(`${told} is of a text that the log does not have before it`);
    else if (source.hash === hash) isOfThisLog = true;
    else if (isOfThisLog) found.faults.push(`${told} names another entry than that of its text, at ${source.position}`);
    else found.ofAnotherLog += 1;
  }
}

async function bindingsIn(log: Pick<EventStore, 'readAll'>, signal: AbortSignal): Promise<readonly Binding[]> {
  const bindings: Binding[] = [];
  for await (const { data, position, stream } of log.readAll({ filter: { types: ['TranslationWritten.v1'] } })) {
    signal.throwIfAborted();
    // Whatever stands in a forged event.
    const fields = new Map<string, unknown>(Object.entries(data ?? {}));
    const commentId = fields.get('commentId');
    const of = commentId === null ? `post-${fields.get('postId')}` : `comment-${commentId}`;
    const told = `the translation of the event at position ${position} (${stream})`;
    bindings.push({ told, position, text: `${of} ${fields.get('sourceRevision')}`, hash: fields.get('sourceHash') });
  }
  return bindings;
}

async function sourcesOf(
  wanted: ReadonlySet<string>,
  log: Pick<EventStore, 'readAll'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Source>> {
  const sources = new Map<string, Source>();
  for await (const event of log.readAll({ filter: { types: TEXTS } })) {
    signal.throwIfAborted();
    const text = `${event.stream} ${event.revision}`;
    if (!wanted.has(text)) continue;
    const hash = createHash('sha256').update(eventLine(event)).digest('base64');
    sources.set(text, { position: event.position, hash });
  }
  return sources;
}

/** For people; nothing for a forum without translations. */
export function translationLines({ translations, ofAnotherLog, faults }: TranslationsChecked): readonly string[] {
  if (translations === 0) return [];
  const are = faults.length === 0 ? 'are of texts of the log' : 'were looked at';
  const other = `; ${ofAnotherLog} name an entry of another log, as those do that were there before a copy to another database`;
  return [`translations:  ${translations} ${are}${ofAnotherLog === 0 ? '' : other}`];
}
