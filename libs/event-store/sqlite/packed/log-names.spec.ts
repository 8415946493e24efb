import { expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { LogNames, NAMES_TABLE } from './log-names.ts';

function emptyFile(): Database.Database {
  const db = new Database(':memory:');
  db.exec(NAMES_TABLE);
  return db;
}

it('the fields of an event have one number each, whichever stood before them', () => {
  const names = new LogNames(emptyFile(), true);
  const lists = [['id', 'text'], ['id', 'time'], ['id'], [], ['id', 'text'], ['text', 'id'], ['id', 'time']];
  expect(lists.map((fields) => names.learnFields(fields))).toEqual([0, 1, 2, 3, 0, 4, 1]);
  expect(names.all('fields').map(({ text }) => text)).toEqual([
    '["id","text"]',
    '["id","time"]',
    '["id"]',
    '[]',
    '["text","id"]',
  ]);
});

it('fields that could not be set again, or are more than any type has, have no number', () => {
  const names = new LogNames(emptyFile(), true);
  expect(names.learnFields(['id', '__proto__'])).toBeUndefined();
  expect(names.learnFields(Array.from({ length: 65 }, (_, place) => `f${place}`))).toBeUndefined();
});

it('names that a transaction took back with it are learnt again', () => {
  const db = emptyFile();
  const names = new LogNames(db, true);
  db.exec('BEGIN');
  expect(names.learnFields(['id', 'text'])).toBe(0);
  db.exec('ROLLBACK');
  names.reload();
  expect(names.learnFields(['text'])).toBe(0);
  expect(names.learnFields(['id', 'text'])).toBe(1);
});
