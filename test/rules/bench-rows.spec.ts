import { expect, it } from '@jest/globals';
import { type Line, lineOf, tableLine } from '../bench/report.ts';
import { atMost, type Measured, type Row } from '../bench/row.ts';
import { runRows } from '../bench/run-rows.ts';

const OPTIONS = { rounds: 3, quick: true, profileDir: null };

function row(name: string, run: () => Promise<Measured>): Row {
  return { name, what: `what ${name} does`, against: 'nothing', unit: 's', bound: atMost(1.5), run };
}

it('given rows of which one throws, tells each as it is over, shows the crash, and goes on', async () => {
  const measured = async (): Promise<Measured> => ({ ours: [2, 9, 4], base: [1, 9, 4], notes: {} });
  const rows = [
    row('first', measured),
    row('torn', () => Promise.reject(new Error('no room | left\non the disk'))),
    row('last', measured),
  ];
  const heard: string[] = [];
  const lines: Line[] = [];
  await runRows(rows, OPTIONS, {
    begins: ({ name }) => heard.push(`${name} begins`),
    done: (line) => {
      heard.push(tableLine(line));
      lines.push(line);
    },
  });
  expect(heard).toEqual([
    'first begins',
    '| what first does | nothing | s | 4.00 | 4.00 | 1.00 | ≤ 1.5 |  | yes |',
    'torn begins',
    '| what torn does | nothing | s | crashed |  | Error: no room \\| left | ≤ 1.5 |  | NO |',
    'last begins',
    '| what last does | nothing | s | 4.00 | 4.00 | 1.00 | ≤ 1.5 |  | yes |',
  ]);
  expect(lines.map(({ met }) => met)).toEqual([true, false, true]);
});

it('given a row whose server was late by 20 ms or more, p99, does not say that its bound is met', () => {
  const tried = row('tried', () => Promise.reject(new Error('not run')));
  const measured: Measured = { ours: [1], base: [1], notes: {} };
  const watched = (...p99s: number[]): Line =>
    lineOf(
      tried,
      measured,
      p99s.map((p99Ms) => ({ p99Ms, mostMs: 400 })),
    );
  expect(tableLine(watched(3, 19.94))).toBe(
    '| what tried does | nothing | s | 1.00 | 1.00 | 1.00 | ≤ 1.5 | 19.9 | yes |',
  );
  expect(tableLine(watched(20.1, 3))).toBe(
    '| what tried does | nothing | s | 1.00 | 1.00 | 1.00 | ≤ 1.5 | 20.1 | NO |',
  );
});
