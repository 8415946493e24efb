import { type LogReader, logSourceIn, openLogSource } from '../../libs/event-store/index.ts';
import { keysBeside, openingReader } from '../../libs/vault/index.ts';
import { OPENED_TYPES, searchView } from './search/search.view.ts';

/**
 * Opens the log in a thread that builds these views, from what the serving thread told of it. Words are found in opened
 * texts alone, so that for the search what is sealed is opened as it is read. Throws TypeError for a malformed source.
 */
export async function openLogForViews(source: unknown, views: readonly string[]): Promise<LogReader> {
  const log = await openLogSource(source);
  return views.includes(searchView.name) ? withOpenedTexts(log, source) : log;
}

/** The same over a log that is open already; `closeKeys` leaves that open. */
export function withOpenedTexts(log: LogReader, source: unknown): LogReader & { closeKeys(): Promise<void> } {
  const told = logSourceIn(source);
  const openVault = () => keysBeside(told) ?? Promise.resolve(NO_KEYS);
  return openingReader(log, openVault, OPENED_TYPES);
}

/** Whoever tells of no keys has none: no words are found then. */
const NO_KEYS = {
  open: async () => ({}),
  close: async () => undefined,
};
