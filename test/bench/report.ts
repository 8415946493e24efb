import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.ts';
import type { Measured, Row } from './row.ts';

export interface Line {
  readonly name: string;
  readonly what: string;
  readonly against: string;
  readonly unit: string;
  readonly bound: string;
  readonly ours: number;
  readonly base: number;
  readonly ratio: number;
  readonly met: boolean;
  readonly rounds: { readonly ours: readonly number[]; readonly base: readonly number[] };
  readonly notes: Measured['notes'];
}

/** The ratio is the median of the rounds' own ratios, since both sides of a round met the same machine. */
export function lineOf(row: Row, measured: Measured): Line {
  const ours = median(measured.ours);
  const base = median(measured.base);
  const ratio = median(
    measured.ours.map((figure, round) => row.bound.ratio(figure, measured.base[round] ?? Number.NaN)),
  );
  const { name, what, against, unit } = row;
  const rounds = { ours: measured.ours, base: measured.base };
  const met = row.bound.met(ratio);
  return { name, what, against, unit, bound: row.bound.text, ours, base, ratio, met, rounds, notes: measured.notes };
}

/** The table for people, in Markdown. */
export function table(lines: readonly Line[]): string {
  const head = ['what', 'against', 'unit', 'ours', 'baseline', 'ratio', 'bound', 'met'];
  const rows = lines.map((line) => [
    line.what,
    line.against,
    line.unit,
    figure(line.ours),
    figure(line.base),
    line.ratio.toFixed(2),
    line.bound,
    line.met ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((cells) => cells[at]?.length ?? 0)));
  const print = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [print(head), print(widths.map((width) => '-'.repeat(width))), ...rows.map(print)].join('\n');
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

/** Writes what was measured, on which machine and commit, to bench-results/ and gives the file's name. */
export function save(lines: readonly Line[], settings: object): string {
  const at = new Date().toISOString();
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
  };
  mkdirSync('bench-results', { recursive: true });
  const file = join('bench-results', `${at.replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at, commit, machine, settings, lines }, null, 2)}\n`);
  return file;
}
