import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { readText } from '../reading/read-text.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import { RecordFields } from './fields.ts';
import { jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { siteName } from './site-name.ts';
import { webAddress } from './web-address.ts';
import { yamlRecords } from './yaml-records.ts';

const START = { line: 1, column: 1 };
const NOT_ARTALK = 'this is no Artrans file, and no table of comments of Artalk';

/**
 * Artrans, the JSON of Artalk, or its table of comments as YAML. Passwords stand in the one and beside the other: they
 * are not read, nor is the table of users, so that comments of the YAML have no names.
 */
export async function* readArtalk(task: ReaderTask): AsyncGenerator<ToldPiece> {
  const { file, warn, onBytes } = task;
  yield { kind: 'site', site: siteName(task, 'artalk') };
  const isJson = (await beginning(file)).startsWith('[');
  if (!isJson)
    warn('names stand in the table of users, which holds passwords and is not read; an Artrans file has them', START);
  let isKnown = false;
  const records = isJson ? jsonRecords(file, [''], onBytes) : yamlRecords(file, onBytes);
  for await (const { value, place } of records) {
    const record = new RecordFields(value);
    if (record.text('id') === '' || record.text('page_key') === '') throw new SourceError(NOT_ARTALK, place);
    isKnown = true;
    yield* told(record, place);
  }
  if (!isKnown) throw new SourceError(`${NOT_ARTALK}: it has no comment`, START);
}

async function beginning(file: string): Promise<string> {
  for await (const text of readText(file, () => undefined)) if (text.trim() !== '') return text.trimStart();
  throw new SourceError('the file is empty', START);
}

function* told(record: RecordFields, place: SourcePlace): Iterable<ToldPiece> {
  const [path, site] = [record.text('page_key'), record.text('site_name')];
  const [base = ''] = record.text('site_urls').split(',');
  const whole = /^https?:\/\//i.test(path) || !URL.canParse(base.trim()) ? '' : new URL(path, base.trim()).href;
  const key = `${site}\n${path}`;
  const page = {
    place,
    key,
    addresses: [whole, path],
    site,
    title: record.text('page_title'),
    at: null,
    closed: false,
  };
  yield { kind: 'page', page };
  const text = record.text('content');
  const at = momentOf(record.moment('created_at'));
  const author = { name: record.text('nick'), email: record.text('email'), url: webAddress(record.text('link')) };
  const parent = record.text('rid');
  const comment = {
    place,
    id: record.text('id'),
    answers: parent === '' || parent === '0' ? null : parent,
    fate: { kind: 'brought' as const, held: record.flag('is_pending') },
    author,
    at,
    text,
    form: 'markdown' as const,
    said: [text, author.name || record.text('user_id'), at ?? ''],
  };
  yield { kind: 'comment', page: key, comment };
  const votes = Number(record.text('vote_up') || 0) + Number(record.text('vote_down') || 0);
  if (votes > 0) yield { kind: 'votes', count: votes };
}
