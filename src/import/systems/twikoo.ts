import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { RecordFields } from './fields.ts';
import { jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { webAddress } from './web-address.ts';

/** The JSON that Twikoo's panel exported: a list of comments, by itself or within `data`. */
export async function* readTwikoo({ file, sites, onBytes }: ReaderTask): AsyncGenerator<ToldPiece> {
  const isNamed = Object.keys(sites).length > 0;
  let isKnown = false;
  for await (const { path, value, place } of jsonRecords(file, ['', 'data'], onBytes)) {
    if (path !== '' && path !== 'data') continue;
    const record = new RecordFields(value);
    if (record.text('_id') === '' || record.moment('created') === null)
      throw new SourceError('this is no export of Twikoo', place);
    isKnown = true;
    yield* told(record, place, isNamed);
  }
  if (!isKnown) throw new SourceError('this is no export of Twikoo: it has no comment', { line: 1, column: 1 });
}

/** The page's whole address stands beside its path, without what is behind `#`; a site that is named goes first. */
function* told(record: RecordFields, place: SourcePlace, isNamed: boolean): Iterable<ToldPiece> {
  const path = record.text('url');
  const [href = ''] = record.text('href').split('#');
  const origin = /^https?:\/\//i.test(path) || !URL.canParse(href) ? '' : new URL(href).origin;
  const addresses = isNamed || origin === '' ? [path] : [new URL(path, origin).href];
  yield { kind: 'page', page: { place, key: path, addresses, title: '', at: null, closed: false } };
  const text = record.text('comment');
  const author = { name: record.text('nick'), email: record.text('mail'), url: webAddress(record.text('link')) };
  const at = momentOf(record.moment('created'));
  const comment = {
    place,
    id: record.text('_id'),
    answers: record.text('pid') || null,
    fate: fateOf(record),
    author,
    at,
    text,
    form: 'html' as const,
    said: [text, author.name, at ?? ''],
  };
  yield { kind: 'comment', page: path, comment };
  const votes = record.list('ups').length + record.list('downs').length + record.list('like').length;
  if (votes > 0) yield { kind: 'votes', count: votes };
}

function fateOf(record: RecordFields): Fate {
  return record.flag('isSpam') ? { kind: 'skipped', why: 'spam' } : { kind: 'brought', held: false };
}
