import type { Change } from './change.ts';
import { countedEvents } from './counted-events.ts';
import type { FormFindings } from './form-check.ts';
import type { CheckpointFinding } from './kept-checkpoints.ts';
import type { ComparedCopy, Walked } from './walk.ts';

/** Whether something was shown, disproved, or neither. */
export type Verdict = 'shown' | 'broken' | 'not-shown';

/** The conclusion from everything that was found. */
export interface Conclusion {
  /** Holds when the existing events are the signed ones, in their order. */
  readonly integrity: Verdict;
  /** Holds when none of the signed events is missing. */
  readonly completeness: Verdict;
  /** The events, from the first on, that a checkpoint vouches for. */
  readonly covered: number;
  /** The failed claims, in sentences; empty when everything holds. */
  readonly faults: readonly string[];
}

export interface Found {
  readonly walked: Walked;
  readonly form: FormFindings;
  readonly checkpoints: readonly CheckpointFinding[];
  readonly change: Change | null;
}

/** How many events, from the first on, have a root that was signed. */
export function coveredBy(checkpoints: readonly CheckpointFinding[]): number {
  return Math.max(0, ...sizesOf(checkpoints, 'holds'));
}

export function conclude(found: Found): Conclusion {
  const { checkpoints, change } = found;
  const covered = coveredBy(checkpoints);
  const [own, ofCopies] = [faultsOf(found), faultsOfCopies(found, covered)];
  const ofNewer = faultsOfNewer(found);
  const isSigned = covered > 0 && own.length === 0 && change === null;
  const isShort = change?.kind === 'dropped' || change?.kind === 'truncated';
  return {
    integrity: isRefuted(found) ? 'broken' : isSigned ? 'shown' : 'not-shown',
    completeness:
      isShort || sizesOf(checkpoints, 'beyond-the-end').length > 0
        ? 'broken'
        : isSigned && ofNewer.length === 0
          ? 'shown'
          : 'not-shown',
    covered,
    faults: [...own, ...ofNewer, ...ofCopies, ...(change === null ? whereToLook(checkpoints) : [])],
  };
}

/**
 * Whether an event differs from the signed one. An event that was taken out, as a copy or the numbers show, makes the
 * log incomplete and says nothing about the others; without that, a differing root is evidence enough.
 */
function isRefuted({ checkpoints, change }: Found): boolean {
  if (change !== null) return change.kind !== 'dropped' && change.kind !== 'truncated';
  return sizesOf(checkpoints, 'root-differs').length > 0;
}

function faultsOf({ walked: { end }, form, checkpoints }: Found): readonly string[] {
  const faults = checkpoints.flatMap((finding) => faultOf(finding, end.size));
  if (checkpoints.length === 0) faults.push('no checkpoint was given: nothing signed says what the log must be');
  else if (end.size > 0 && coveredBy(checkpoints) === 0 && sizesOf(checkpoints, 'holds').length > 0)
    faults.push('only a checkpoint of the empty log holds: nothing signed says what these events must be');
  if (form.form !== null) faults.push(`line ${form.form.index + 1}: ${form.form.reason}`);
  if (form.sequence !== null) faults.push(`line ${form.sequence.index + 1}: ${form.sequence.evidence}`);
  return faults;
}

/** Either the export was made earlier, or its end was cut off; whoever asked for it knows which. */
function faultsOfNewer({ walked: { end }, checkpoints }: Found): readonly string[] {
  return checkpoints.flatMap(({ name, result, size }) => {
    if (result !== 'newer') return [];
    return [
      `${name} is newer than this export, or the end was cut off: signed are ${countedEvents(size)}, and here ${end.size}; take an export that is made after that checkpoint`,
    ];
  });
}

function faultsOfCopies({ walked: { compared } }: Found, covered: number): readonly string[] {
  return compared.flatMap(({ copy: { name }, difference, goesOn, displaced }) => {
    const placed = faultOfPlaces(name, displaced);
    if (goesOn) return [...placed, `${name} has more events than the log`];
    if (difference === null) return placed;
    const whose = difference < covered ? ': the log is what was signed there, so it is the copy that was changed' : '';
    return [...placed, `${name} differs from the log at event ${difference + 1}${whose}`];
  });
}

/** The entry belongs to the line, which states its position: so the copy was changed. */
function faultOfPlaces(name: string, displaced: ComparedCopy['displaced']): string[] {
  if (displaced === null) return [];
  const { index, own, there, count } = displaced;
  const more = count === 1 ? '' : `, and ${count - 1} more events at others`;
  return [
    `${name} has event ${index + 1} at position ${there}, and the log has it at ${own}${more}: it is the copy that was changed`,
  ];
}

function faultOf({ name, result, size, reason }: CheckpointFinding, events: number): string[] {
  switch (result) {
    case 'holds':
    case 'newer':
      return [];
    case 'refused':
      return [`${name} is refused: ${reason}`];
    case 'root-differs':
      return [`${name}: at ${countedEvents(size)} the root is not the one that was signed`];
    case 'beyond-the-end':
      return [`${name}: signed are ${countedEvents(size)}, and here only ${events}`];
    default:
      return unknown(result);
  }
}

/** The events between which the first change is, by the checkpoints that hold and those that do not. */
function whereToLook(checkpoints: readonly CheckpointFinding[]): readonly string[] {
  const broken = sizesOf(checkpoints, 'root-differs');
  if (broken.length === 0) return [];
  const until = Math.min(...broken);
  const from = Math.max(0, ...sizesOf(checkpoints, 'holds').filter((size) => size < until));
  return [
    `the first event that was changed is among the events ${from + 1} to ${until}: the lines do not show which; give another copy or more checkpoints`,
  ];
}

function sizesOf(checkpoints: readonly CheckpointFinding[], result: CheckpointFinding['result']): readonly number[] {
  return checkpoints.flatMap((one) => (one.result === result && one.size !== null ? [one.size] : []));
}

function unknown(result: never): never {
  throw new Error(`Unknown result: ${String(result)}`);
}
