import { readFileSync } from 'node:fs';
import type { Rehearsal } from '../../libs/client/index.ts';
import { counted } from '../../libs/kernel/index.ts';
import { isMoment } from '../api/input/rules.ts';
import { rehearsalLog } from '../composition/rehearsal-log.ts';
import { readConfig } from '../config.ts';
import { Rehearsals } from '../rehearsal/rehearsals.ts';
import type { AddCommand } from './add-command.ts';
import { Progress } from './progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

interface RehearseFlags {
  readonly from?: string;
  readonly to?: string;
  readonly json?: true;
}

/** `colloquy policy rehearse`. */
export const policyCommand: AddCommand = (program, terminal, end) => {
  const policy = program.command('policy').description('try the rules that comments are judged by');
  policy
    .command('rehearse <file>')
    .description(
      'read the log again under another policy (a JSON file as GET /api/v1/moderation/policy answers it), beside a running server too, and say what it would have treated otherwise; nothing is recorded',
    )
    .option('--from <time>', 'only comments from then on, such as 2015-10-01T00:00:00Z', readTime)
    .option('--to <time>', 'only comments before then', readTime)
    .option('--json', 'print the whole result as one JSON document on standard output')
    .action(async (file: string, flags: RehearseFlags) => end(await runRehearsal(file, flags, terminal)));
};

async function runRehearsal(
  file: string,
  { from = null, to = null, json }: RehearseFlagsOrNull,
  terminal: Terminal,
): Promise<Status> {
  if (from !== null && to !== null && Date.parse(from) >= Date.parse(to)) {
    throw new WrongCall('--to must be later than --from');
  }
  const policy = readPolicyFile(file);
  const rehearsals = new Rehearsals(rehearsalLog(readConfig(terminal.environment)));
  const progress = new Progress('rehearse', terminal.error);
  const started = performance.now();
  try {
    const result = await stoppable((signal) =>
      rehearsals.run(
        { policy, from, to },
        {
          signal,
          onProgress: ({ comments, position, head }) => {
            progress.show(Number((position * 1_000n) / (head || 1n)), 1_000, counted(comments, 'comment'));
          },
        },
      ),
    );
    progress.end();
    const seconds = (performance.now() - started) / 1_000;
    if (json) terminal.out(JSON.stringify(result));
    else for (const line of linesOf(result, seconds)) terminal.say(line);
    return SUCCESS;
  } finally {
    progress.end();
    await rehearsals.close();
  }
}

type RehearseFlagsOrNull = { readonly [Flag in keyof RehearseFlags]: RehearseFlags[Flag] | null };

function readTime(text: string): string {
  if (isMoment(text)) return text;
  throw new WrongCall(`${text} is no time such as 2015-10-01T00:00:00Z`);
}

function readPolicyFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new WrongCall(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function linesOf({ comments, changed, byRule, agreement, examples }: Rehearsal, seconds: number): readonly string[] {
  const rate = Math.round(comments / Math.max(seconds, 0.001));
  const { ruledOn, precision, recall } = agreement;
  return [
    `${counted(comments, 'text')} judged in ${seconds.toFixed(1)} s (${rate} a second), ${changed} of them otherwise than they were`,
    ...Object.entries(byRule).map(
      ([rule, { caught, newlyCaught }]) => `  ${rule}: caught ${caught}, ${newlyCaught} of them new`,
    ),
    `moderators decided on ${ruledOn} of the comments: precision ${percent(precision)}, recall ${percent(recall)}`,
    ...examples.slice(0, 20).map(({ at, commentId, was, wouldBe, findings }) => {
      const why = findings.map(({ rule, matched }) => `${rule} (${matched ?? 'erased'})`).join(', ');
      return `  ${at} ${commentId}: ${was} → ${wouldBe}${why === '' ? '' : `, by ${why}`}`;
    }),
    ...(examples.length > 20 ? [`  and ${changed - 20} more; --json lists the first ${examples.length}`] : []),
  ];
}

function percent(share: number | null): string {
  return share === null ? 'unknown' : `${Math.round(share * 100)} %`;
}
