import { counted } from '../../libs/kernel/index.ts';
import type { Difference, Row, Value } from '../../libs/projections/index.ts';

/** The outcome of a replay for one view; positions are decimal strings. */
export interface ViewReport {
  readonly view: string;
  readonly version: number;
  readonly position: string;
  /** Why the view cannot be built beyond that position. */
  readonly stopped: { readonly position: string; readonly reason: string } | null;
  /** Of a view that was built for the next start: its file. */
  readonly file?: string | null;
  /** Of a view as it was at a moment, SHA-256 in hex. */
  readonly digest?: string | null;
  readonly live?: string;
  readonly rebuilt?: string;
  readonly equal?: boolean;
  readonly difference?: DifferenceReport | null;
}

export type RowReport = Readonly<Record<string, string | number | null>>;

/** Whole numbers are decimal strings, bytes are hex. */
export interface DifferenceReport {
  readonly table: string;
  readonly key: RowReport;
  /** Null where there is no row of this key. */
  readonly live: RowReport | null;
  readonly rebuilt: RowReport | null;
}

export interface ReplayReport {
  readonly task: 'build' | 'verify' | 'until';
  /** Nothing stopped, nothing differs. */
  readonly ok: boolean;
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly views: readonly ViewReport[];
}

export function differenceReport({ table, key, live, rebuilt }: Difference): DifferenceReport {
  return { table, key: plain(key), live: live && plain(live), rebuilt: rebuilt && plain(rebuilt) };
}

function plain(row: Row): RowReport {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, plainValue(value)]));
}

function plainValue(value: Value): string | number | null {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}

/** The report for people. */
export function replayReportLines({ task, events, seconds, eventsPerSecond, views }: ReplayReport): readonly string[] {
  return [
    ...views.flatMap(viewLines),
    `${counted(events, 'event')} in ${seconds} s, read at ${eventsPerSecond} a second`,
    ...(task === 'build' && views.some(({ file }) => file) ? ['what was built is served from the next start on'] : []),
  ];
}

function viewLines(view: ViewReport): readonly string[] {
  const name = `${view.view} (version ${view.version})`;
  const { stopped, position, file, digest, equal, live, rebuilt, difference } = view;
  if (stopped) return [`${name}: stopped at position ${stopped.position}: ${stopped.reason}`];
  if (file) return [`${name}: built up to position ${position}: ${file}`];
  if (digest) return [`${name}: at position ${position}: ${digest}`];
  if (equal) return [`${name}: equal at position ${position}: ${rebuilt}`];
  return [
    `${name}: DIFFERS at position ${position}: live ${live}, rebuilt ${rebuilt}`,
    ...(difference ? differenceLines(difference) : []),
  ];
}

function differenceLines({ table, key, live, rebuilt }: DifferenceReport): readonly string[] {
  const where = `  first in the table ${table}, ${inWords(key)}`;
  if (!live || !rebuilt)
    return [`${where}: ${live ? 'only the live view has it' : 'the live view lacks it'}`, row(live ?? rebuilt)];
  const columns = Object.keys(live).filter((column) => live[column] !== rebuilt[column]);
  return [
    where,
    ...columns.map((column) => `    ${column}: live ${shown(live[column])}, rebuilt ${shown(rebuilt[column])}`),
  ];
}

function row(values: RowReport | null): string {
  return `    ${values ? inWords(values) : ''}`;
}

function inWords(values: RowReport): string {
  return Object.entries(values)
    .map(([column, value]) => `${column} ${shown(value)}`)
    .join(', ');
}

const LONGEST_SHOWN = 60;

/** Long texts and bytes are cut: JSON has them whole. */
function shown(value: string | number | null | undefined): string {
  const text = value === null || value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
