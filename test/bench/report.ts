import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';
import type { LoopDelay } from './measured-forum.ts';
import type { Measured, Row } from './row.ts';

interface Title {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly bound: string;
}

export interface MeasuredLine extends Title {
  readonly ours: number;
  readonly base: number;
  readonly ratio: number;
  /** By how many milliseconds the main thread of a server of the row was late, p99, at the worst; null where none was watched. */
  readonly lateMs: number | null;
  readonly met: boolean;
  readonly rounds: { readonly ours: readonly number[]; readonly base: readonly number[] };
  readonly notes: Measured['notes'];
}

/** A row that threw: what it said, with the place. */
export interface CrashedLine extends Title {
  readonly met: false;
  readonly crash: string;
}

export type Line = MeasuredLine | CrashedLine;

const HEAD = ['what', 'against', 'unit', 'ours', 'baseline', 'ratio', 'bound', 'late p99, ms', 'met'];

/** The event loop of a server may be late by so many milliseconds, p99, whatever it is measured by. */
const MOST_LATE_MS = 20;

/** The ratio is the median of the rounds' own ratios, since both sides of a round met the same machine. */
export function lineOf(row: Row, measured: Measured, delays: readonly LoopDelay[]): MeasuredLine {
  const ours = median(measured.ours);
  const base = median(measured.base);
  const ratio = median(
    measured.ours.map((figure, round) => row.bound.ratio(figure, measured.base[round] ?? Number.NaN)),
  );
  const rounds = { ours: measured.ours, base: measured.base };
  const lateMs = delays.length === 0 ? null : Math.max(...delays.map(({ p99Ms }) => p99Ms));
  const met = row.bound.met(ratio) && (lateMs === null || lateMs < MOST_LATE_MS);
  return { ...titleOf(row), ours, base, ratio, lateMs, met, rounds, notes: measured.notes };
}

export function crashOf(row: Row, error: unknown): CrashedLine {
  const crash = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return { ...titleOf(row), met: false, crash };
}

function titleOf({ name, what, against, unit, bound }: Row): Title {
  return { name, what, against, unit, bound: bound.text };
}

/** How the table for people begins, in Markdown; a row of it follows for each line. */
export function tableHead(): string {
  return [tableRow(HEAD), tableRow(HEAD.map((title) => '-'.repeat(title.length)))].join('\n');
}

export function tableLine(line: Line): string {
  const { what, against, unit, bound } = line;
  if ('crash' in line) return tableRow([what, against, unit, 'crashed', '', firstLine(line.crash), bound, '', 'NO']);
  const figures = [figure(line.ours), figure(line.base), line.ratio.toFixed(2)];
  const late = line.lateMs === null ? '' : line.lateMs.toFixed(1);
  return tableRow([what, against, unit, ...figures, bound, late, line.met ? 'yes' : 'NO']);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replaceAll('|', '\\|');
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Where a run keeps what it measured, on which machine and commit: a file of its own in bench-results/. */
export class ResultFile {
  readonly name: string;
  readonly #run: object;

  constructor(settings: object) {
    const at = new Date().toISOString();
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
    const machine = {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memory: totalmem(),
      node: process.version,
    };
    this.name = join('bench-results', `${at.replaceAll(':', '-')}.json`);
    this.#run = { at, commit, machine, settings };
  }

  /** Writes all lines so far. */
  save(lines: readonly Line[]): void {
    mkdirSync('bench-results', { recursive: true });
    writeFileSync(this.name, `${JSON.stringify({ ...this.#run, lines }, null, 2)}\n`);
  }
}
