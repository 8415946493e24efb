import type { CookieSerializeOptions } from '@fastify/cookie';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { secureCookie } from '../../access/cookie-name.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { VISIT_MS } from '../../acts/visiting.ts';
import type { ReadUpTo, Visit } from '../../views/shelf/shelf.query-types.ts';

const VISITS_COOKIE = 'colloquy_visits';
/** The number of remembered threads, the newest ones: about 1.5 kB. */
export const MOST_VISITS = 40;
const KEPT_S = 180 * 24 * 3_600;
const MINUTE = 60_000;

/** A thread as a member left it: positions of the log, and minutes since 1970. */
interface Visited {
  readonly thread: string;
  /** The end of the visit before this one, and its time; absent on the first visit. */
  readonly before: { readonly position: bigint; readonly at: number } | null;
  readonly position: bigint;
  readonly at: number;
}

export interface LastVisit {
  readonly position: bigint;
  /** RFC 3339. */
  readonly at: string;
}

/** A visit that begins or goes on: what is remembered of it, and the end of the one before. */
export interface Entered {
  readonly visit: Visit;
  readonly last: LastVisit | null;
}

interface Seen {
  readonly memberId: string;
  readonly postId: string;
  readonly position: bigint;
  readonly now: number;
  /** What the forum keeps of it, on whatever device it was read. */
  readonly kept: Visit | null;
  /** Whether others have written since the position: what the lists of posts count. */
  readonly hasNews: (since: bigint) => Promise<boolean>;
}

interface CookieExchange {
  readonly request: Pick<FastifyRequest, 'cookies'>;
  /** Null when nobody looks: then nothing is remembered. */
  readonly reply: { setCookie(name: string, value: string, options: CookieSerializeOptions): unknown } | null;
}

/**
 * The threads that a member has seen, kept in a cookie of that member's own browser, to the last look. What the forum
 * keeps for all devices of the member (`Visiting`) counts where it is newer. Another member at the same browser starts
 * anew.
 */
@Injectable()
export class Visits {
  readonly #address: PublicAddress;

  constructor(@Inject(PublicAddress) address: PublicAddress) {
    this.#address = address;
  }

  /** Records that the member sees the thread at the position. */
  async enter({ request, reply }: CookieExchange, seen: Seen): Promise<Entered> {
    const visited = readVisits(request.cookies[secureCookie(VISITS_COOKIE, this.#address)], seen.memberId);
    const thread = threadKey(seen.postId);
    const here = visited.find((visit) => visit.thread === thread);
    const entered = await enteredAgain(thread, newerOf(here, visitedOf(thread, seen.kept)), seen);
    const all = [entered, ...visited.filter((visit) => visit !== here)].slice(0, MOST_VISITS);
    reply?.setCookie(secureCookie(VISITS_COOKIE, this.#address), writeVisits(all, seen.memberId), {
      path: '/posts',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.#address.isSecure,
      maxAge: KEPT_S,
    });
    const { before, position, at } = entered;
    const last = before && { position: before.position, at: timeOf(before.at) };
    const ended = last && { position: String(last.position), at: last.at };
    return { visit: { postId: seen.postId, position: String(position), at: timeOf(at), before: ended }, last };
  }
}

function timeOf(minutes: number): string {
  return new Date(minutes * MINUTE).toISOString();
}

function visitedOf(thread: string, kept: Visit | null): Visited | undefined {
  if (kept === null) return undefined;
  const end = ({ position, at }: ReadUpTo) => ({
    position: BigInt(position),
    at: Math.floor(Date.parse(at) / MINUTE),
  });
  return { thread, before: kept.before && end(kept.before), ...end(kept) };
}

/** The one that was read further; of two that were read as far, the browser's own. */
function newerOf(here: Visited | undefined, kept: Visited | undefined): Visited | undefined {
  if (here === undefined || kept === undefined) return here ?? kept;
  return kept.position > here.position ? kept : here;
}

/**
 * What came since the last look is new, and is what the lists have counted; as long as nothing more comes, it stays so
 * until the visit ends, also on the thread's other pages.
 */
async function enteredAgain(
  thread: string,
  known: Visited | undefined,
  { position, now, hasNews }: Pick<Seen, 'position' | 'now' | 'hasNews'>,
): Promise<Visited> {
  const at = Math.floor(now / MINUTE);
  if (known === undefined) return { thread, before: null, position, at };
  const isSameVisit = now - known.at * MINUTE < VISIT_MS && !(await hasNews(known.position));
  const before = isSameVisit ? known.before : { position: known.position, at: known.at };
  return { thread, before, position, at };
}

/** This much of an id tells the threads of one reader apart. */
function threadKey(postId: string): string {
  return postId.replaceAll('-', '').slice(0, 12);
}

function writeVisits(visits: readonly Visited[], memberId: string): string {
  const entries = visits.map(({ thread, before, position, at }) => {
    const former = before ? [before.position, before.at] : [];
    return [thread, ...[position, at, ...former].map((value) => value.toString(36))].join('-');
  });
  return [threadKey(memberId), ...entries].join('.');
}

/** Another member's visits, and damaged ones, are ignored. */
function readVisits(cookie: string | undefined, memberId: string): readonly Visited[] {
  const [owner, ...entries] = (cookie ?? '').slice(0, 8_192).split('.');
  if (owner !== threadKey(memberId)) return [];
  return entries.flatMap((entry) => readVisit(entry) ?? []);
}

function readVisit(entry: string): Visited | null {
  const [thread = '', ...values] = entry.split('-');
  if (!/^[0-9a-f]{12}$/.test(thread) || !values.every((value) => /^[0-9a-z]{1,13}$/.test(value))) return null;
  const [position, at, formerPosition, formerAt] = values.map(numberIn36);
  if (position === undefined || at === undefined || at > MOST_MINUTES) return null;
  const hasFormer = formerPosition !== undefined && formerAt !== undefined && formerAt <= MOST_MINUTES;
  const before = hasFormer ? { position: formerPosition, at: Number(formerAt) } : null;
  return { thread, before, position, at: Number(at) };
}

/** The end of the year 9999. */
const MOST_MINUTES = 4_223_371_679n;

function numberIn36(text: string): bigint {
  return [...text].reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
}

/** The member's visits are deleted with its session. */
export function forgetVisits(reply: FastifyReply, address: PublicAddress): void {
  reply.clearCookie(secureCookie(VISITS_COOKIE, address), { path: '/posts', secure: address.isSecure });
}
