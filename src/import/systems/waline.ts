import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { RecordFields } from './fields.ts';
import { jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { siteName } from './site-name.ts';
import { webAddress } from './web-address.ts';

/** Whom an answer is to, as older versions wrote it into the text: a link to a place that no page here has. */
const MENTION = /<a class="at" href="#[^"]*">([^<]*)<\/a>/g;

/** The JSON that Waline exported. Its table of users is passed over: it holds passwords. */
export async function* readWaline(task: ReaderTask): AsyncGenerator<ToldPiece> {
  const { file, onBytes } = task;
  yield { kind: 'site', site: siteName(task, 'waline') };
  let isWaline = false;
  for await (const { path, value, place } of jsonRecords(file, ['data.Comment'], onBytes)) {
    if (path === 'type') isWaline = value === 'waline';
    if (path === 'version' && isWaline && value !== 1)
      throw new SourceError(`version ${String(value)} of Waline's exports is not known; 1 is`, place);
    if (path !== 'data.Comment') continue;
    if (!isWaline) throw new SourceError('this is no export of Waline', place);
    yield* told(new RecordFields(value), place);
  }
  if (!isWaline) throw new SourceError('this is no export of Waline', { line: 1, column: 1 });
}

function* told(record: RecordFields, place: SourcePlace): Iterable<ToldPiece> {
  const url = record.text('url');
  if (url !== '')
    yield { kind: 'page', page: { place, key: url, addresses: [url], title: '', at: null, closed: false } };
  const text = record.text('comment').replace(MENTION, '$1');
  const at = momentOf(momentIn(record, 'insertedAt') ?? momentIn(record, 'createdAt'));
  const author = { name: record.text('nick'), email: record.text('mail'), url: webAddress(record.text('link')) };
  const comment = {
    place,
    id: record.text('objectId', 'id'),
    answers: record.text('pid') || null,
    fate: fateOf(record),
    author,
    at,
    text,
    form: 'markdown' as const,
    said: [text, author.name, at ?? ''],
  };
  yield { kind: 'comment', page: url, comment };
  const votes = Math.abs(record.number('like'));
  if (votes > 0) yield { kind: 'votes', count: votes };
}

/** A date is a text, or, as LeanCloud wrote it, a record with one. */
function momentIn(record: RecordFields, name: string): string | number | null {
  return record.moment(name) ?? record.within(name).moment('iso');
}

/** Versions before there was a state showed all. */
function fateOf(record: RecordFields): Fate {
  const status = record.text('status');
  if (status === 'spam' || record.flag('isSpam')) return { kind: 'skipped', why: 'spam' };
  if (status === '' || status === 'approved' || status === 'waiting')
    return { kind: 'brought', held: status === 'waiting' };
  return { kind: 'skipped', why: `with status ${status}` };
}
