import { afterEach, describe, expect, it } from '@jest/globals';
import type { Database, Statement } from 'better-sqlite3';
import { openViewForWriting } from '../../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../../libs/projections/view-writer.ts';
import { idOf } from '../../../../test/views/small-forum.ts';
import { ThreadModel } from '../../../../test/views/thread-model.ts';
import { threadView } from '../thread.view.ts';
import { pastRow } from './comments-history.ts';
import { KeptLives } from './kept-lives.ts';
import { sightOf } from './sight.ts';

const POST = idOf('post', 1);

/** A thread that grows, and who reads its lives. */
class Thread {
  readonly model = new ThreadModel();
  readonly db: Database = openViewForWriting(':memory:', threadView);
  readonly lives = new KeptLives(Object.assign(Object.create(null), { db: () => this.db }));
  /** Rows that were read of the file since it was last set to 0. */
  rowsRead = 0;
  readonly #writer = new ViewWriter(threadView, ':memory:', this.db);
  #folded = 0;

  constructor() {
    const prepare = this.db.prepare.bind(this.db);
    const counted = (rows: unknown): unknown => {
      this.rowsRead += Array.isArray(rows) ? rows.length : rows === undefined ? 0 : 1;
      return rows;
    };
    const counting = (sql: string): Statement => {
      const made = prepare(sql);
      const [all, get] = [made.all.bind(made), made.get.bind(made)];
      return Object.assign(made, {
        all: (...values: unknown[]) => counted(all(...values)),
        get: (...values: unknown[]) => counted(get(...values)),
      });
    };
    Object.assign(this.db, { prepare: counting });
  }

  play(...acts: readonly ('post' | 'edit' | 'hold' | 'restore')[]): void {
    for (const act of acts) this.model.play({ act, choice: 0, author: 2, minute: 0, kind: 'like' });
    const events = this.model.events.slice(this.#folded);
    this.#folded += events.length;
    this.#writer.fold(events, events.at(-1)?.position ?? 0n);
  }
}

let thread: Thread;
afterEach(() => void thread.db.close());

describe('what is kept of threads', () => {
  it('is read once for all that ask at the same time, and again when something was added', async () => {
    thread = new Thread();
    thread.play('post', 'post');
    const [one, other] = await Promise.all([thread.lives.of(POST, null), thread.lives.of(POST, null)]);
    expect(one.life).toBe(other.life);
    expect(one.position).toBe(thread.model.events.at(-1)?.position);

    const meanwhile = thread.lives.of(POST, null);
    thread.play('edit');
    const again = await thread.lives.of(POST, null);
    expect((await meanwhile).life).toBe(one.life);
    expect(again.life.count).toBe(one.life.count + 1);
    expect(again.position).toBe(thread.model.events.at(-1)?.position);
  });

  it('has no later text beside it: a comment that was edited since it was read has its text from the log', async () => {
    thread = new Thread();
    thread.play('post', 'post');
    const { life, now } = await thread.lives.of(POST, null);
    const past = { life, past: now, sight: sightOf(life, { past: now, now }, { sees: 'reader' }) };
    const places = [...life.order];
    expect(places.map((place) => pastRow(thread.db, past, { place, now }).text)).toEqual([null, null]);

    thread.play('edit');
    const texts = places.map((place) => pastRow(thread.db, past, { place, now }).text);
    const posted = thread.model.events
      .filter(({ type }) => type === 'CommentPosted.v1')
      .map(({ position }) => position);
    expect(texts.filter((text) => text !== null)).toHaveLength(1);
    expect(texts.every((text, place) => text === null || text === posted[place])).toBe(true);
  });

  it('grows by the steps that were added: however long a thread is, a write costs what it adds', async () => {
    thread = new Thread();
    const readAfter = async (act: 'post' | 'edit' | 'hold' | 'restore'): Promise<number> => {
      thread.play(act);
      thread.rowsRead = 0;
      await thread.lives.of(POST, null);
      return thread.rowsRead;
    };
    const afterOneEach = async (): Promise<readonly number[]> => [
      await readAfter('post'),
      await readAfter('edit'),
      await readAfter('hold'),
      await readAfter('restore'),
    ];
    thread.play('post');
    await thread.lives.of(POST, null);
    const short = await afterOneEach();
    thread.play(...Array.from({ length: 400 }, () => 'post' as const));
    await thread.lives.of(POST, null);
    const long = await afterOneEach();

    // The newest row of steps is read again, and each comment's own decisions.
    expect(Math.max(...long) - Math.max(...short)).toBeLessThanOrEqual(8);
    expect(Math.max(...long)).toBeLessThan(20);
  });

  it('takes the more bytes the longer its threads are, and says so', async () => {
    thread = new Thread();
    thread.play('post');
    await thread.lives.of(POST, null);
    const short = thread.lives.state.bytes;
    thread.play(...Array.from({ length: 400 }, () => 'post' as const));
    await thread.lives.of(POST, null);
    expect(thread.lives.state.threads).toBe(1);
    expect(thread.lives.state.bytes).toBeGreaterThan(short + 400 * 100);
  });
});
