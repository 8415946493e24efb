import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import { MAIL_OF_MEMBER, PUSH_OF_MEMBER } from './pending-mails.ts';

/** The most pairs of a member and a discussion that are remembered. */
const REMEMBERED = 8_192;

/** Whoever comments follows the discussion, unless it was chosen otherwise before; that stays, however often the member comments. */
export class FollowedByComment {
  /** Those of which a row stands: nothing is written for them again. */
  readonly #standing = new Set<string>();
  readonly #follow;
  readonly #stands;

  constructor(db: Database) {
    this.#follow = db.prepare(`
      INSERT OR IGNORE INTO follow (member, post, follows, since, mail, push)
      SELECT @member, @post, 1, @since, (${MAIL_OF_MEMBER}), (${PUSH_OF_MEMBER})
      WHERE coalesce((SELECT follow_own FROM choice WHERE member = @member), 1) = 1`);
    this.#stands = db.prepare<[Buffer, Buffer], unknown>('SELECT 1 FROM follow WHERE member = ? AND post = ?');
  }

  follow(memberId: string, postId: string, since: bigint): void {
    const pair = `${memberId} ${postId}`;
    if (this.#standing.has(pair)) return;
    const [member, post] = [idBytes(memberId), idBytes(postId)];
    this.#follow.run({ member, post, since });
    if (this.#stands.get(member, post) === undefined) return;
    if (this.#standing.size >= REMEMBERED) this.#standing.clear();
    this.#standing.add(pair);
  }

  /** Where rows are gone, since a member was erased. */
  clear(): void {
    this.#standing.clear();
  }
}
