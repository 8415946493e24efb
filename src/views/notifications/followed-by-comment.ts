import type { Database } from 'better-sqlite3';
import type { Adding } from './adding.ts';
import type { KnownNumber } from './known.ts';
import { MAIL_OF_MEMBER, PUSH_OF_MEMBER } from './pending-mails.ts';

/** The most pairs of a member and a discussion that are remembered, in 3 MB. */
const REMEMBERED = 65_536;
/** The most members whose wishes are remembered. */
const WISHES = 8_192;
/** More than there are numbers of posts and members. */
const NUMBERS = 2 ** 26;

/** Whether a member follows where it comments, and how it is told of that. */
interface Wish {
  readonly follows: number;
  readonly mail: string | null;
  readonly push: number | null;
}

/** Whoever comments follows the discussion, unless it was chosen otherwise before; that stays, however often the member comments. */
export class FollowedByComment {
  /** Those of which a row stands: nothing is written for them again. */
  readonly #standing = new Set<number>();
  /** What members have chosen, by their numbers. */
  readonly #wishes = new Map<number, Wish>();
  readonly #adding: Adding;
  readonly #wish;

  constructor(db: Database, adding: Adding) {
    this.#adding = adding;
    this.#wish = db.prepare<{ readonly member: Buffer }, Wish>(`
      SELECT coalesce((SELECT follow_own FROM choice WHERE member = @member), 1) AS follows,
        (${MAIL_OF_MEMBER}) AS mail, (${PUSH_OF_MEMBER}) AS push`);
  }

  follow(member: KnownNumber, post: KnownNumber, since: bigint): void {
    const pair = member.n * NUMBERS + post.n;
    if (this.#standing.has(pair)) return;
    const { follows, mail, push } = this.#wishOf(member);
    if (follows === 0) return;
    this.#adding.follow([member.id, post.id, 1, since, mail, push]);
    if (this.#standing.size >= REMEMBERED) this.#standing.clear();
    this.#standing.add(pair);
  }

  /** Somebody has chosen otherwise. */
  chosen(): void {
    this.#wishes.clear();
  }

  /** Where rows are gone, since a member was erased. */
  clear(): void {
    this.#standing.clear();
    this.#wishes.clear();
  }

  #wishOf({ id, n }: KnownNumber): Wish {
    const known = this.#wishes.get(n);
    if (known !== undefined) return known;
    const wish = this.#wish.get({ member: id });
    if (wish === undefined) throw new Error('a member wishes nothing');
    if (this.#wishes.size >= WISHES) this.#wishes.clear();
    this.#wishes.set(n, wish);
    return wish;
  }
}
