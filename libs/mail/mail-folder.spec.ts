import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MailFolder } from './mail-folder.ts';
import { isOutboxName, outboxName, readOutboxName } from './outbox-names.ts';
import type { WrittenMail } from './port.ts';

const AT = '2026-11-26T08:15:00.125Z';
const idOf = (n: number): string => `0b1d1b1e-5a0c-8c55-9a1e-${String(n).padStart(12, '0')}`;
const mail = (n: number, text = 'Text'): WrittenMail => ({
  id: idOf(n),
  at: new Date(Date.parse(AT) + n).toISOString(),
  from: 'a@example.org',
  to: 'b@example.org',
  raw: `Subject: Mail ${n}\r\n\r\n${text}`,
});

let dir: string;
let folder: MailFolder;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-outbox-'));
  folder = new MailFolder(join(dir, 'outbox'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a mail is a file for its keeper alone, and the same mail is the same file', async () => {
  mkdirSync(folder.folder, { mode: 0o777 });
  await folder.send(mail(1));
  await folder.send(mail(1, 'Again'));
  const name = '20261126T081500126Z-0b1d1b1e-5a0c-8c55-9a1e-000000000001.eml';
  expect(readdirSync(folder.folder)).toEqual([name]);
  expect(readFileSync(join(folder.folder, name), 'utf8')).toBe('Subject: Mail 1\r\n\r\nAgain');
  expect([folder.folder, join(folder.folder, name)].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  expect(readOutboxName(name)).toEqual({ at: '2026-11-26T08:15:00.126Z', id: idOf(1) });
});

test('mails that come together are all there, also where somebody takes the folder away between them', async () => {
  const together = (from: number) => Promise.all(Array.from({ length: 20 }, (_, n) => folder.send(mail(from + n))));
  await together(0);
  expect(readdirSync(folder.folder)).toHaveLength(20);
  rmSync(folder.folder, { recursive: true });
  await together(20);
  expect((await folder.newest(20, null)).map((name) => readOutboxName(name).id)).toEqual(
    Array.from({ length: 20 }, (_, n) => idOf(39 - n)),
  );
  expect(statSync(folder.folder).mode & 0o777).toBe(0o700);
});

test('the newest names come first, a page at a time, of a folder of any size', async () => {
  expect(await folder.newest(10, null)).toEqual([]);
  const all = Array.from({ length: 200 }, (_, n) => outboxName(mail(n).at, idOf(n)));
  mkdirSync(folder.folder);
  for (const name of all) writeFileSync(join(folder.folder, name), '');
  const newest = all.toReversed();
  expect(await folder.newest(10, null)).toEqual(newest.slice(0, 10));
  expect(await folder.newest(10, newest[9] ?? null)).toEqual(newest.slice(10, 20));
  expect(await folder.newest(500, null)).toEqual(newest);
});

test('only names that the outbox gives are read', async () => {
  const names = [
    'x.eml',
    '../log.db',
    '20261126T081500126Z-x.eml',
    '20261126T081500126Z-../../../../../../../../etc/pas.eml',
  ];
  expect(names.map(isOutboxName)).toEqual(names.map(() => false));
  for (const name of names) expect(await folder.read(name)).toBeUndefined();
  expect(() => outboxName(AT, '../../x')).toThrow(RangeError);
});

test('a file that no mail of the forum can be as large as is not read', async () => {
  await folder.send(mail(1, 'x'.repeat(300_000)));
  const [name = ''] = await folder.newest(1, null);
  expect(await folder.read(name)).toBeUndefined();
});

test('what a killed process has left half written is taken away once nobody writes it any more', async () => {
  mkdirSync(folder.folder);
  const [old, young] = [1, 2].map((n) => join(folder.folder, `.${idOf(n)}.part`));
  for (const path of [old, young]) writeFileSync(path ?? '', 'Subj');
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(old ?? '', yesterday, yesterday);
  await folder.sweep();
  expect([old, young].map((path) => existsSync(path ?? ''))).toEqual([false, true]);
});

test('mails are taken out with what a killed process has left half written of them', async () => {
  for (const n of [1, 2]) await folder.send(mail(n));
  const parts = [1, 2].map((n) => `.${idOf(n)}.${idOf(9)}.part`);
  for (const name of parts) writeFileSync(join(folder.folder, name), 'Subj');
  await folder.removeAll(new Set([idOf(1)]));
  expect(readdirSync(folder.folder).sort()).toEqual([parts[1], outboxName(mail(2).at, idOf(2))].sort());
});

test('a folder that cannot be written is a fault', async () => {
  writeFileSync(folder.folder, '');
  await expect(folder.send(mail(1))).rejects.toMatchObject({ name: 'MailFault', reason: 'FILE EEXIST' });
});

test('mails that tell of something are found by it, and those of before by what is known of them', async () => {
  const [gone, kept] = [idOf(91), idOf(92)];
  await folder.send({ ...mail(1), about: [kept, gone, kept] });
  await folder.send({ ...mail(2), about: [kept] });
  await folder.send({ ...mail(3), about: [] });
  await folder.send(mail(4));
  await folder.send(mail(5, gone));
  await folder.send({ ...mail(6), about: Array.from({ length: 400 }, (_, n) => idOf(n < 399 ? 100 + n : 91)) });
  const asked: string[] = [];
  await folder.removeAbout(new Set([gone]), async (id) => {
    asked.push(id);
    return id === idOf(4);
  });
  expect(readdirSync(folder.folder).map((name) => readOutboxName(name).id)).toEqual([2, 3, 5].map(idOf));
  expect(asked.sort()).toEqual([4, 5].map(idOf));
  const [first = ''] = readdirSync(folder.folder);
  expect(readFileSync(join(folder.folder, first), 'utf8')).toBe(
    `Colloquy-About: ${kept}\r\nSubject: Mail 2\r\n\r\nText`,
  );
});

test('a mail that tells of more than its first bytes hold is not filed', async () => {
  const about = Array.from({ length: 401 }, (_, n) => idOf(n));
  await folder.send(mail(2));
  const before = readdirSync(folder.folder);
  await expect(folder.send({ ...mail(1), about })).rejects.toThrow();
  expect(readdirSync(folder.folder)).toEqual(before);
});

test('mails of any length that are written side by side each have their own bytes', async () => {
  const folder = new MailFolder(join(dir, 'outbox'));
  const texts = Array.from({ length: 48 }, (_, n) => `${n} សួស្តី ${'x'.repeat(n % 3 === 0 ? 70_000 + n : n * 100)}`);
  await Promise.all(texts.map((text, n) => folder.send(mail(n, text))));
  const names = (await folder.newest(100, null)).toReversed();
  const read = await Promise.all(names.map((name) => folder.read(name)));
  expect(read.map(String)).toEqual(texts.map((text, n) => mail(n, text).raw));
});
