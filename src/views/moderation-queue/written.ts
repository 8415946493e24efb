import { LRUCache } from 'lru-cache';
import { isErased, isUuid } from '../../../libs/kernel/index.ts';
import { statement, type Views } from '../../../libs/projections/index.ts';
import type { Vault } from '../../../libs/vault/index.ts';
import { idBytes, idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { textIn } from '../rows.ts';

/** What an author has written, as the policy's rules ask for it. */
export interface WrittenRecord {
  readonly visibleComments: number;
  /** Newest first. */
  readonly earlier: readonly {
    readonly at: string;
    readonly core: string | null;
    readonly ruled: 'kept' | 'turned-down' | null;
  }[];
}

interface Row {
  readonly id: Buffer;
  readonly created_at: number;
  readonly edited_at: number | null;
  /** Decimal. */
  readonly position: string;
  readonly sealed: Buffer | null;
}

/** Earlier comments that are looked at. */
const MOST = 50;
/** Texts whose core is kept: about 100 bytes each. */
const MOST_CORES = 200_000;

const authorBy = statement<{ n: number; comments: number }>('SELECT n, comments FROM author WHERE id = ?');
const latest = statement<Row>(`
  SELECT id, created_at, edited_at, CAST(position AS TEXT) AS position, sealed FROM comment
  WHERE author = ? ORDER BY n DESC LIMIT ${MOST}`);
const rulings = statement<{ comment: Buffer; became: string }>(`
  SELECT comment, became FROM decision
  WHERE comment IN (SELECT unhex(value) FROM json_each(?)) AND undone = 0 AND undoes IS NULL ORDER BY n`);

/** Authors' records out of the thread and the queue; the core of each text is made once. */
export class WrittenRecords {
  readonly #views: Pick<Views, 'db'>;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #coreOf: (body: string) => string;
  readonly #cores = new LRUCache<string, { readonly core: string | null }>({ max: MOST_CORES });

  /** `coreOf` is the rule that tells which texts are the same. */
  constructor(views: Pick<Views, 'db'>, vault: Pick<Vault, 'open'>, coreOf: (body: string) => string) {
    this.#views = views;
    this.#vault = vault;
    this.#coreOf = coreOf;
  }

  async of(memberId: string): Promise<WrittenRecord> {
    const thread = this.#views.db('thread');
    const author = isUuid(memberId) ? authorBy(thread).get(idBytes(memberId)) : undefined;
    if (!author) return { visibleComments: 0, earlier: [] };
    const rows = latest(thread).all(author.n);
    const ruled = this.#ruled(rows);
    const cores = await Promise.all(rows.map((row) => this.#core(row)));
    const earlier = rows.map((row, at) => {
      return { at: moment(row.created_at), core: cores[at] ?? null, ruled: ruled.get(idText(row.id)) ?? null };
    });
    return { visibleComments: author.comments, earlier };
  }

  #ruled(rows: readonly Row[]): ReadonlyMap<string, 'kept' | 'turned-down'> {
    const ids = JSON.stringify(rows.map(({ id }) => id.toString('hex')));
    const ruled = new Map<string, 'kept' | 'turned-down'>();
    for (const { comment, became } of rulings(this.#views.db('moderation-queue')).all(ids)) {
      const id = idText(comment);
      if (became === 'held') ruled.delete(id);
      else ruled.set(id, became === 'visible' ? 'kept' : 'turned-down');
    }
    return ruled;
  }

  #core(row: Row): string | null | Promise<string | null> {
    const known = this.#cores.get(keyOf(row));
    return known ? known.core : this.#open(row);
  }

  async #open(row: Row): Promise<string | null> {
    const type = row.edited_at === null ? 'CommentPosted.v1' : 'CommentEdited.v1';
    const personal = row.sealed && (await this.#vault.open(row.sealed, `comment-${idText(row.id)} ${type}`));
    const body = personal === null || isErased(personal) ? null : textIn(personal, 'body');
    const core = body === null ? null : this.#coreOf(body);
    this.#cores.set(keyOf(row), { core });
    return core;
  }
}

/** Position of its text's last change; a change of its status makes another key, which costs one more opening. */
function keyOf({ id, position }: Row): string {
  return `${id.toString('latin1')} ${position}`;
}
