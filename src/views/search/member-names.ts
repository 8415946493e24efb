import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { indexedName } from '../../../libs/search/index.ts';
import { openedPartOf } from '../../../libs/vault/index.ts';
import { idBytes } from '../ids.ts';
import { openedTextIn } from '../rows.ts';
import type { StoredOf } from '../stored.ts';
import type { Taken } from './clean-file.ts';

/** The names that members show, by which their texts are found: the present one of each, and none of an erased member. */
export class MemberNames {
  readonly #of;
  readonly #set;
  readonly #forget;

  constructor(db: Database) {
    this.#of = db.prepare<[Buffer], string>('SELECT name FROM member_name WHERE member = ?').pluck();
    this.#set = db.prepare('INSERT OR REPLACE INTO member_name (member, name) VALUES (?, ?)');
    this.#forget = db.prepare('DELETE FROM member_name WHERE member = ?');
  }

  /** Says whether a former name was taken out. */
  named(event: StoredOf<'MemberRegistered.v2' | 'MemberRenamed.v1'>): Taken {
    const member = idBytes(event.data.memberId);
    const part = openedPartOf(event);
    const name = indexedName((part && openedTextIn(part, 'displayName')) ?? '');
    const before = this.#of.get(member) ?? '';
    if (name === before) return 'nothing';
    if (name === '') this.#forget.run(member);
    else this.#set.run(member, name);
    return before === '' ? 'nothing' : 'words';
  }

  erased({ data }: StoredOf<'MemberErased.v1'>): Taken {
    return this.#forget.run(idBytes(data.memberId)).changes > 0 ? 'erased words' : 'nothing';
  }
}

const named = statement<Buffer>('SELECT member FROM member_name WHERE name = ? ORDER BY member LIMIT ?');

/** The ids of members with this whole name, in any case and with or without marks, in the order of their ids. */
export function membersNamed(db: Database, name: string, most: number): readonly Buffer[] {
  const words = indexedName(name);
  return words === '' ? [] : named(db).pluck().all(words, most);
}
