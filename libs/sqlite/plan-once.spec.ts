import { afterEach, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { planOnce, withPlainParameters } from './plan-once.ts';

describe('statements that are planned once', () => {
  const open: Database.Database[] = [];
  const newDb = (): Database.Database => {
    const db = new Database(':memory:');
    open.push(db);
    db.exec(`
      CREATE TABLE post (n INTEGER PRIMARY KEY, id TEXT UNIQUE, at REAL);
      CREATE TABLE comment (n INTEGER PRIMARY KEY, id BLOB UNIQUE, post INTEGER, body TEXT);
      CREATE VIRTUAL TABLE words USING fts5 (body);`);
    return db;
  };
  afterEach(() => {
    for (const db of open.splice(0)) db.close();
  });

  it('put the plus before parameters alone', () => {
    expect(
      withPlainParameters(
        "a = ? AND b > @b OR c LIKE '?@b' -- ?\n AND d = :d AND \"e?\" = $e AND f = ?2 AND g = 'it''s ?'",
      ),
    ).toBe("a = +? AND b > +@b OR c LIKE '?@b' -- ?\n AND d = +:d AND \"e?\" = +$e AND f = +?2 AND g = 'it''s ?'");
  });

  it('store and find the same values as without', () => {
    const values = [1, 1.5, 'text', Buffer.from('bytes'), null, 2n ** 60n];
    const rows = [newDb(), planOnce(newDb())].map((db) => {
      const add = db.prepare('INSERT INTO comment (id, post, body) VALUES (?, ?, @body) RETURNING *').safeIntegers();
      const added = values.map((value, n) => add.get(n, value, { body: value }));
      db.prepare('INSERT INTO post (id, at) VALUES (?, ?), (?, ?)').run('a', 5, 7, '8');
      db.prepare('INSERT INTO words (rowid, body) VALUES (?, ?)').run(1, 'rice and peace');
      const find = (sql: string, ...given: unknown[]): unknown =>
        db
          .prepare(sql)
          .safeIntegers()
          .all(...given);
      return [
        added,
        find('SELECT n FROM comment WHERE n = ? OR n = ?', 1, '2'),
        find('SELECT id, at FROM post WHERE id = ? OR at = ?', 'a', '8'),
        find('SELECT id FROM post WHERE id = ?', 7),
        find('SELECT n, body FROM comment WHERE body > ? ORDER BY n LIMIT ?', '', 2),
        find('SELECT rowid FROM words WHERE words MATCH ?', 'peace'),
        find('SELECT c.n FROM comment c JOIN post p ON p.n = c.post WHERE c.post = ?', 1),
      ];
    });
    expect(rows[1]).toEqual(rows[0]);
  });

  it('use the same indexes', () => {
    const plan = (db: Database.Database, sql: string): unknown => db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('x', 1);
    const sql = 'SELECT * FROM comment c JOIN post p ON p.n = c.post WHERE p.id = ? AND c.n > ? ORDER BY c.n';
    expect(plan(planOnce(newDb()), sql)).toEqual(plan(newDb(), sql));
    expect(JSON.stringify(plan(newDb(), sql))).toContain('INDEX');
  });

  it('cost far less than being planned at each use', () => {
    const sql =
      'SELECT c.n, p.id FROM comment c JOIN post p ON p.n = c.post LEFT JOIN comment o ON o.n = c.post WHERE c.id = ?';
    const time = (db: Database.Database): number => {
      const statement = db.prepare(sql);
      const rounds = Array.from({ length: 5 }, () => {
        const start = performance.now();
        for (let id = 0; id < 2_000; id += 1) statement.get(String(id));
        return performance.now() - start;
      });
      return Math.min(...rounds);
    };
    expect(time(planOnce(newDb())) * 2).toBeLessThan(time(newDb()));
  });
});
