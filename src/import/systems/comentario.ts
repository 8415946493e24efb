import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { readVersion1 } from './commento.ts';
import { RecordFields } from './fields.ts';
import { jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { SourcePeople } from './people.ts';
import { webAddress } from './web-address.ts';

const START = { line: 1, column: 1 };

/** The JSON that Comentario exported: of version 1, which was Commento's, or 3. */
export async function* readComentario(task: ReaderTask): AsyncGenerator<ToldPiece> {
  const version = await versionOf(task.file);
  if (version === '1') return yield* readVersion1(task, { name: 'Comentario', known: ['1'] });
  if (version === '3') return yield* readVersion3(task);
  const found = version === '' ? 'it names no version' : `its version is ${version}; 1 and 3 are known`;
  throw new SourceError(`this is no export of Comentario that is known: ${found}`, START);
}

/** Empty where the file ends or breaks before it tells one. */
async function versionOf(file: string): Promise<string> {
  for await (const { path, value } of jsonRecords(file, [], () => undefined))
    if (path === 'version') return String(value);
  return '';
}

async function* readVersion3({ file, onBytes }: ReaderTask): AsyncGenerator<ToldPiece> {
  const people = await peopleOf(file);
  try {
    for await (const { path, value, place } of jsonRecords(file, ['pages', 'comments'], onBytes)) {
      if (path === 'pages') yield toldPage(new RecordFields(value), place);
      if (path === 'comments') yield* toldComment(new RecordFields(value), place, people);
    }
  } finally {
    people.close();
  }
}

/** What is broken is told when the comments are read. */
async function peopleOf(file: string): Promise<SourcePeople> {
  const people = new SourcePeople();
  try {
    for await (const { path, value } of jsonRecords(file, ['commenters'], () => undefined)) {
      if (path !== 'commenters') continue;
      const person = new RecordFields(value);
      const url = webAddress(person.text('websiteUrl'));
      people.add(person.text('id'), { name: person.text('name'), email: person.text('email'), url });
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return people;
}

function toldPage(record: RecordFields, place: SourcePlace): ToldPiece {
  const at = momentOf(record.moment('createdTime'));
  const page = { place, key: record.text('id'), addresses: [record.text('path')], title: record.text('title'), at };
  return { kind: 'page', page: { ...page, closed: record.flag('isReadonly') } };
}

function* toldComment(record: RecordFields, place: SourcePlace, people: SourcePeople): Iterable<ToldPiece> {
  const markdown = record.text('markdown');
  const text = markdown || record.text('html');
  const at = momentOf(record.moment('createdTime'));
  const known = people.of(record.text('userCreated'));
  const comment = {
    place,
    id: record.text('id'),
    answers: record.text('parentId') || null,
    fate: fateOf(record),
    author: { ...known, name: record.text('authorName') || known.name },
    at,
    text,
    form: markdown === '' ? ('html' as const) : ('markdown' as const),
    said: [text, record.text('userCreated'), at ?? ''],
  };
  yield { kind: 'comment', page: record.text('pageId'), comment };
  const votes = Math.abs(record.number('score'));
  if (votes > 0) yield { kind: 'votes', count: votes };
}

function fateOf(record: RecordFields): Fate {
  if (record.flag('isDeleted')) return { kind: 'skipped', why: 'deleted' };
  if (record.flag('isPending')) return { kind: 'brought', held: true };
  return record.text('isApproved') === 'false'
    ? { kind: 'skipped', why: 'rejected' }
    : { kind: 'brought', held: false };
}
