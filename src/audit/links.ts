import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { deriveId } from '../../libs/kernel/index.ts';

/** One event led to another. */
export interface Link {
  readonly from: RecordedEvent;
  readonly to: RecordedEvent;
  readonly kind: 'cause' | 'contents';
}

type Fields = Readonly<Record<string, unknown>>;

/** Events that one command records at most; their ids derive from the command's id and their place. */
const MOST_OF_A_COMMAND = 8;

/** The streams in which the causes and the effects of an event may stand, besides its own. */
export function relatedStreams({ type, data }: RecordedEvent): readonly string[] {
  const fields = fieldsOf(data);
  const comment = textOf(fields, 'commentId');
  const streams = comment === null ? [] : [`comment-${comment}`];
  if (nameOf(type) === 'CommentDecided') {
    return [...streams, ...reportersOf(fields).map((member) => `report-${comment}-${member}`)];
  }
  if (nameOf(type) === 'CommentJudged') return [...streams, `policy-${fields['policyVersion']}`];
  return streams;
}

/** The causes of these events among themselves, in the order of the log. */
export function linksAmong(events: readonly RecordedEvent[]): readonly Link[] {
  const byId = new Map(events.map((event) => [event.id, event]));
  return events.flatMap((to) => {
    const recorded = recordedCause(to, byId);
    const named = namedCauses(to, events).filter((from) => from.position < to.position && from !== recorded);
    return [
      ...(recorded === null ? [] : [{ from: recorded, to, kind: 'cause' as const }]),
      ...named.map((from) => ({ from, to, kind: 'contents' as const })),
    ];
  });
}

/** A cause is told by the id of an event, or of the command that recorded it. */
function recordedCause(event: RecordedEvent, byId: ReadonlyMap<string, RecordedEvent>): RecordedEvent | null {
  const { causationId } = event;
  if (causationId === null) return null;
  const direct = byId.get(causationId);
  if (direct) return direct;
  for (let index = 0; index < MOST_OF_A_COMMAND; index += 1) {
    const found = byId.get(deriveId(causationId, index));
    if (found) return found;
  }
  return null;
}

/** By what the event itself says: a decision names the reports that it saw, an appeal its sanction. */
function namedCauses(event: RecordedEvent, events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const fields = fieldsOf(event.data);
  const before = events.filter(({ position }) => position < event.position);
  const sanction = textOf(fields, 'sanctionId');
  const inStream = before.filter(({ stream }) => stream === event.stream);
  switch (nameOf(event.type)) {
    case 'CommentEdited':
    case 'CommentHeld':
    case 'CommentRemoved':
    case 'CommentRestored':
    case 'CommentJudged':
      return last(inStream.filter(isText));
    case 'CommentReported':
      return last(before.filter((one) => isText(one) && one.stream === `comment-${textOf(fields, 'commentId')}`));
    case 'CommentDecided':
      return causesOfDecision(fields, { inStream, before });
    case 'SanctionLifted':
    case 'WarningAcknowledged':
    case 'SanctionAppealed':
      return last(inStream.filter((one) => isOf(one, 'MemberSanctioned', sanction)));
    case 'AppealDecided':
      return last(inStream.filter((one) => isOf(one, 'SanctionAppealed', sanction)));
    case 'MemberSanctioned':
      return last(before.filter((one) => one.stream === `comment-${textOf(fields, 'commentId')}`));
    default:
      return [];
  }
}

/** The decision that it takes back, or the reports that it saw, or the policy's verdict, or the text. */
function causesOfDecision(
  fields: Fields,
  { inStream, before }: { readonly inStream: readonly RecordedEvent[]; readonly before: readonly RecordedEvent[] },
): readonly RecordedEvent[] {
  const undoes = textOf(fields, 'undoes');
  if (undoes !== null) return last(inStream.filter(({ data }) => textOf(fieldsOf(data), 'decisionId') === undoes));
  const comment = textOf(fields, 'commentId');
  const reports = reportersOf(fields).flatMap((member) =>
    last(before.filter(({ stream }) => stream === `report-${comment}-${member}`)),
  );
  if (reports.length > 0) return reports;
  const judged = last(inStream.filter(({ type }) => ['CommentJudged', 'CommentHeld'].includes(nameOf(type))));
  return judged.length > 0 ? judged : last(inStream.filter(isText));
}

function isText({ type }: RecordedEvent): boolean {
  return ['CommentPosted', 'CommentEdited'].includes(nameOf(type));
}

function isOf({ type, data }: RecordedEvent, name: string, sanctionId: string | null): boolean {
  return nameOf(type) === name && textOf(fieldsOf(data), 'sanctionId') === sanctionId;
}

function reportersOf(fields: Fields): readonly string[] {
  const { reports } = fieldsOf(fields['seen']);
  const all: readonly unknown[] = Array.isArray(reports) ? reports : [];
  return all.flatMap((report) => textOf(fieldsOf(report), 'memberId') ?? []);
}

function last(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return events.slice(-1);
}

function nameOf(type: string): string {
  return type.replace(/\.v\d+$/, '');
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}
