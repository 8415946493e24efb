import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { RecordFields } from './fields.ts';
import { momentOf } from './moments.ts';
import { textLines } from './text-lines.ts';

const START = { line: 1, column: 1 };

/** A backup of Remark42: a line about itself, and a line for each comment. */
export async function* readRemark42({ file, warn, onBytes }: ReaderTask): AsyncGenerator<ToldPiece> {
  let isFirst = true;
  let site: string | null = null;
  for await (const { text, place } of textLines(file, onBytes)) {
    const record = new RecordFields(parsed(text, place, isFirst));
    if (isFirst) requireBackup(record);
    isFirst = false;
    if (record.text('id') === '') continue;
    const locator = record.within('locator');
    if (site === null) {
      site = locator.text('site') || 'remark42';
      yield { kind: 'site', site };
    }
    const url = locator.text('url');
    const title = record.text('title');
    if (url === '') warn('the comment does not name its page', place);
    else yield { kind: 'page', page: { place, key: url, addresses: [url], title, at: null, closed: false } };
    yield { kind: 'comment', page: url, comment: commentOf(record, place) };
    const votes = Math.max(Math.abs(record.number('score')), record.within('votes').size);
    if (votes > 0) yield { kind: 'votes', count: votes };
  }
  if (isFirst) throw new SourceError('the file is empty', START);
}

function requireBackup(head: RecordFields): void {
  const version = head.text('version');
  if (version === '') throw new SourceError('this is no backup of Remark42: its first line has no version', START);
  if (version !== '1') throw new SourceError(`version ${version} of Remark42's backups is not known; 1 is`, START);
}

function commentOf(record: RecordFields, place: SourcePlace) {
  const markdown = record.text('orig');
  const user = record.within('user');
  const text = markdown || record.text('text');
  const at = momentOf(record.moment('time'));
  const author = { name: user.text('name'), email: user.text('email'), url: '' };
  return {
    place,
    id: record.text('id'),
    answers: record.text('pid') || null,
    fate: fateOf(record),
    author,
    at,
    text,
    form: markdown === '' ? ('html' as const) : ('markdown' as const),
    said: [text, author.name, at ?? ''],
  };
}

function fateOf(record: RecordFields): Fate {
  return record.flag('delete') ? { kind: 'skipped', why: 'deleted' } : { kind: 'brought', held: false };
}

function parsed(text: string, place: SourcePlace, isFirst: boolean): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const reason = isFirst
      ? 'this is no backup of Remark42: its first line is no JSON'
      : 'a line that is no JSON: the file was cut off or is broken';
    throw new SourceError(reason, place);
  }
}
