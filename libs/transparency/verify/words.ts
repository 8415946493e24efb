import type { Change } from './change.ts';
import { countedEvents } from './counted-events.ts';
import type { LogReport } from './verify-log.ts';

/** Checkpoints that are told one by one. */
const MOST_TOLD = 5;

/** The report for people, a line each. */
export function reportWords(report: LogReport, name: string): readonly string[] {
  const { events, root, checkpoints, change, faults } = report;
  return [
    `log:           ${name}, ${countedEvents(events)}, root ${root}`,
    ...checkpointWords(checkpoints),
    ...(change === null ? [] : [`first change:  ${changeWords(change)}`]),
    ...faults.map((fault) => `fault:         ${fault}`),
    `integrity:     ${integrityWords(report)}`,
    `completeness:  ${completenessWords(report)}`,
  ];
}

/** Those that hold; of many the newest alone. */
function checkpointWords(checkpoints: LogReport['checkpoints']): readonly string[] {
  const holding = checkpoints.filter(({ result }) => result === 'holds');
  const told = holding.length > MOST_TOLD ? holding.slice(-1) : holding;
  const rest = holding.length - told.length;
  return [
    ...(rest === 0 ? [] : [`checkpoints:   ${rest} hold`]),
    ...told.map(({ name, size }) => `checkpoint:    ${name}: signature and root hold at ${countedEvents(size)}`),
  ];
}

function changeWords({ kind, index, position, id, count, evidence }: Change): string {
  const at = position === null ? '' : ` at position ${position}`;
  const event = `event ${index + 1}${at}${id === null ? '' : ` (${id})`}`;
  const rows = count === null || count === 1 ? '' : `, with the ${count - 1} after it`;
  switch (kind) {
    case 'altered':
      return `${event} was altered: ${evidence}`;
    case 'dropped':
      return `${event} was dropped${rows}: ${evidence}`;
    case 'inserted':
      return `${event} was inserted${rows}: ${evidence}`;
    case 'reordered':
      return `${event} was moved out of its order: ${evidence}`;
    case 'truncated':
      return `the end was cut off from event ${index + 1}${at} on: ${evidence}`;
    default:
      return unknown(kind);
  }
}

function integrityWords({ integrity, covered }: LogReport): string {
  if (integrity === 'shown') return `shown: ${signedFirst(covered)}, in their order`;
  if (integrity === 'broken') {
    const holds = covered === 0 ? '' : `; ${signedFirst(covered)}`;
    return `BROKEN: an event is not what was signed, or not where it was${holds}`;
  }
  return covered === 0 ? NOTHING_SIGNED : `shown for ${firstEvents(covered)} alone`;
}

/** A checkpoint over no event proves nothing. */
const NOTHING_SIGNED = 'not shown: no checkpoint that holds covers any of these events';

function completenessWords({ completeness, covered, events }: LogReport): string {
  if (completeness === 'broken') return 'BROKEN: events that were signed are missing';
  if (completeness === 'not-shown') return covered === 0 ? NOTHING_SIGNED : `shown for ${firstEvents(covered)} alone`;
  const later = events - covered;
  const rest = later === 0 ? '' : `; no checkpoint vouches for the ${later} after them`;
  return covered === 1
    ? `shown: the first event is not missing${rest}`
    : `shown: none of the first ${covered} events is missing${rest}`;
}

function signedFirst(covered: number): string {
  return `${firstEvents(covered)} ${covered === 1 ? 'is what was' : 'are those that were'} signed`;
}

function firstEvents(count: number): string {
  return count === 1 ? 'the first event' : `the first ${count} events`;
}

function unknown(kind: never): never {
  throw new Error(`Unknown change: ${String(kind)}`);
}
