import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { changeMark } from './statements.ts';

test('the mark of a connection changes with each change of its file, and is never that of another connection', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marks-'));
  const file = join(folder, 'view.db');
  const writer = new Database(file);
  writer.pragma('journal_mode = WAL');
  writer.exec('CREATE TABLE one (n INTEGER)');
  const [reader, other] = [new Database(file, { readonly: true }), new Database(file, { readonly: true })];
  try {
    const marks = [changeMark(reader)];
    expect(changeMark(reader)).toBe(marks[0]);
    writer.exec('INSERT INTO one VALUES (1)');
    marks.push(changeMark(reader));
    writer.exec('UPDATE one SET n = 2');
    marks.push(changeMark(reader), changeMark(other));
    expect(new Set(marks).size).toBe(4);
    expect(changeMark(reader)).toBe(marks[2]);
  } finally {
    for (const db of [reader, other, writer]) db.close();
    rmSync(folder, { recursive: true });
  }
});
