import type { Database } from 'better-sqlite3';
import { MAIL_OF_MEMBER, PUSH_OF_MEMBER } from './pending-mails.ts';

/** The most pairs of a member and a discussion that are remembered, in 3 MB. */
const REMEMBERED = 65_536;
/** More than there are numbers of posts and members. */
const NUMBERS = 2 ** 26;

/** The id of a post or a member, and its number in `known`. */
interface Numbered {
  readonly id: Buffer;
  readonly n: number;
}

/** Whoever comments follows the discussion, unless it was chosen otherwise before; that stays, however often the member comments. */
export class FollowedByComment {
  /** Those of which a row stands: nothing is written for them again. */
  readonly #standing = new Set<number>();
  readonly #follow;
  readonly #stands;

  constructor(db: Database) {
    this.#follow = db.prepare(`
      INSERT OR IGNORE INTO follow (member, post, follows, since, mail, push)
      SELECT @member, @post, 1, @since, (${MAIL_OF_MEMBER}), (${PUSH_OF_MEMBER})
      WHERE coalesce((SELECT follow_own FROM choice WHERE member = @member), 1) = 1`);
    this.#stands = db.prepare<[Buffer, Buffer], unknown>('SELECT 1 FROM follow WHERE member = ? AND post = ?');
  }

  follow(member: Numbered, post: Numbered, since: bigint): void {
    const pair = member.n * NUMBERS + post.n;
    if (this.#standing.has(pair)) return;
    this.#follow.run({ member: member.id, post: post.id, since });
    if (this.#stands.get(member.id, post.id) === undefined) return;
    if (this.#standing.size >= REMEMBERED) this.#standing.clear();
    this.#standing.add(pair);
  }

  /** Where rows are gone, since a member was erased. */
  clear(): void {
    this.#standing.clear();
  }
}
