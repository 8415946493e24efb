import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { RecordFields } from './fields.ts';
import { type JsonRecord, jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { SourcePeople } from './people.ts';
import { webAddress } from './web-address.ts';

const NO_VERSION = 'it names no version';

/** The JSON that Commento exported, whose comments come before the people that wrote them. */
export async function* readCommento(task: ReaderTask): AsyncGenerator<ToldPiece> {
  yield* readVersion1(task, { name: 'Commento', known: ['1'] });
}

/** Commento's own format, which Comentario wrote first. Throws SourceError for another version. */
export async function* readVersion1(
  { file, onBytes }: ReaderTask,
  { name, known }: { readonly name: string; readonly known: readonly string[] },
): AsyncGenerator<ToldPiece> {
  const people = new SourcePeople();
  try {
    const version = await eachCommenter(file, people);
    if (!known.includes(version))
      throw new SourceError(
        `this is no export of ${name} that is known: ${version === '' ? NO_VERSION : `its version is ${version}`}`,
        {
          line: 1,
          column: 1,
        },
      );
    for await (const { value, place } of listed(file, 'comments', onBytes))
      yield* told(new RecordFields(value), place, people);
  } finally {
    people.close();
  }
}

/** Keeps who wrote, and gives the version of the file; what is broken is told when the comments are read. */
async function eachCommenter(file: string, people: SourcePeople): Promise<string> {
  let version = '';
  try {
    for await (const { path, value } of jsonRecords(file, ['commenters'], () => undefined)) {
      if (path === 'version') version = String(value);
      if (path !== 'commenters') continue;
      const person = new RecordFields(value);
      const url = webAddress(person.text('link', 'websiteUrl'));
      people.add(person.text('commenterHex'), { name: person.text('name'), email: person.text('email'), url });
    }
  } catch (error) {
    if (!(error instanceof SourceError) || version === '') throw error;
  }
  return version;
}

async function* listed(file: string, list: string, onBytes: (bytes: number) => void): AsyncGenerator<JsonRecord> {
  for await (const record of jsonRecords(file, [list], onBytes)) if (record.path === list) yield record;
}

function* told(record: RecordFields, place: SourcePlace, people: SourcePeople): Iterable<ToldPiece> {
  const path = record.text('url', 'path') || '/';
  const host = record.text('domain', 'host');
  const address =
    /^https?:\/\//i.test(path) || host === '' ? path : `https://${host}${path.startsWith('/') ? '' : '/'}${path}`;
  yield { kind: 'page', page: { place, key: address, addresses: [address], title: '', at: null, closed: false } };
  const markdown = record.text('markdown');
  const text = markdown || record.text('html');
  const parent = record.text('parentHex');
  const at = momentOf(record.moment('creationDate'));
  const comment = {
    place,
    id: record.text('commentHex'),
    answers: parent === '' || parent === 'root' ? null : parent,
    fate: fateOf(record),
    author: people.of(record.text('commenterHex')),
    at,
    text,
    form: markdown === '' ? ('html' as const) : ('markdown' as const),
    said: [text, record.text('commenterHex'), at ?? ''],
  };
  yield { kind: 'comment', page: address, comment };
  const votes = Math.abs(record.number('score'));
  if (votes > 0) yield { kind: 'votes', count: votes };
}

function fateOf(record: RecordFields): Fate {
  if (record.flag('deleted')) return { kind: 'skipped', why: 'deleted' };
  const state = record.text('state');
  if (state === 'flagged') return { kind: 'skipped', why: 'spam' };
  return { kind: 'brought', held: state === 'unapproved' };
}
