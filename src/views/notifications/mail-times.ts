import { offsetAt, type ToldWay } from '../../../libs/words/index.ts';
import type { QuietHours } from '../../domain/inbox/inbox.events.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Minutes after midnight at which digests come. */
const MORNING = 8 * 60;
const MONDAY = 1;

interface Times {
  /** IANA. */
  readonly zone: string;
  readonly quietHours: QuietHours | null;
}

/** When a mail or a push about what happened at a moment is due (milliseconds since 1970): at once, or in the morning of the next day or Monday; never within the quiet hours. */
export function dueAt(way: ToldWay, at: number, { zone, quietHours }: Times): number {
  const due = way === 'mail' || way === 'push' ? at : nextMorning(way, at, zone);
  return quietHours === null ? due : afterQuiet(due, quietHours, zone);
}

/** The local wall clock as if it were UTC, which days and hours are told by. */
function local(moment: number, zone: string): number {
  return moment + offsetAt(zone, moment) * MINUTE_MS;
}

function fromLocal(wall: number, zone: string): number {
  const near = wall - offsetAt(zone, wall) * MINUTE_MS;
  return wall - offsetAt(zone, near) * MINUTE_MS;
}

function nextMorning(way: 'daily' | 'weekly', at: number, zone: string): number {
  const wall = local(at, zone);
  let morning = wall - (wall % DAY_MS) + MORNING * MINUTE_MS;
  while (morning <= wall || (way === 'weekly' && new Date(morning).getUTCDay() !== MONDAY)) morning += DAY_MS;
  return fromLocal(morning, zone);
}

/** The moment itself, or the end of the quiet hours that it falls into; they may go over midnight. */
function afterQuiet(due: number, { from, to }: QuietHours, zone: string): number {
  const wall = local(due, zone);
  const minute = Math.floor((wall % DAY_MS) / MINUTE_MS);
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const isQuiet = begin < end ? minute >= begin && minute < end : minute >= begin || minute < end;
  if (!isQuiet) return due;
  const midnight = wall - (wall % DAY_MS);
  const over = midnight + end * MINUTE_MS;
  return fromLocal(over > wall ? over : over + DAY_MS, zone);
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}
