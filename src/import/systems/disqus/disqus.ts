import { deriveId } from '../../../../libs/kernel/index.ts';
import { attempt } from '../../attempt.ts';
import type { ReaderTask, ToldPiece } from '../../pages/told.ts';
import { fromItsStart } from '../../reading/from-its-start.ts';
import { readText } from '../../reading/read-text.ts';
import { SourceError, type Warn } from '../../source/source.ts';
import type { Fate } from '../../source/source-comment.ts';
import { momentOf } from '../moments.ts';
import { readCustomFormat } from './custom-format.ts';
import { wholeLinks } from './disqus-html.ts';
import { DisqusParser, type DisqusRecord } from './disqus-parser.ts';
import { disqusTitle } from './page-title.ts';

const NOT_DISQUS = 'this has nothing of Disqus in it; an export of WordPress comes by `import wordpress`';
const START = /<\?xml\s|<disqus[\s>]/;
/** Threads that are marked deleted and remembered until something live is found there. */
const MOST_DELETED = 100_000;

/** The XML of Disqus, or what it takes as "custom XML import format" (WXR). */
export async function* readDisqus(task: ReaderTask): AsyncGenerator<ToldPiece> {
  yield { kind: 'site', site: 'disqus.com' };
  const head = await beginning(task.file);
  if (!/<rss[\s>]/.test(head)) return yield* readOwnFormat(task);
  if (!head.includes('disqus.com')) throw new SourceError(NOT_DISQUS, { line: 1, column: 1 });
  yield* readCustomFormat(task);
}

async function beginning(file: string): Promise<string> {
  for await (const text of readText(file, () => undefined)) return text;
  return '';
}

async function* readOwnFormat({ file, warn, onBytes }: ReaderTask): AsyncGenerator<ToldPiece> {
  const parser = new DisqusParser(warn);
  const telling = new Telling(warn);
  let isFirst = true;
  for await (const text of readText(file, onBytes)) {
    const fault = attempt(() => parser.write(isFirst ? fromItsStart(text, warn, START) : text));
    isFirst = false;
    for (const record of parser.take()) yield telling.told(record);
    if (fault !== undefined) throw fault.error;
  }
  parser.end();
}

/** Puts records into the words that all sources share, with a warning for all that was guessed. */
class Telling {
  readonly #warn: Warn;
  /** Threads that are marked deleted. */
  readonly #deleted = new Set<string>();

  constructor(warn: Warn) {
    this.#warn = warn;
  }

  told(record: DisqusRecord): ToldPiece {
    return record.kind === 'thread' ? this.#thread(record) : this.#post(record);
  }

  #thread({ id, fields, place }: DisqusRecord): ToldPiece {
    const value = (name: string) => fields.get(name) ?? '';
    const identifier = value('id');
    const key = id || value('link') || identifier;
    if (value('isDeleted') === 'true' && this.#deleted.size < MOST_DELETED) this.#deleted.add(key);
    const addresses = [value('link'), /^(?:https?:\/\/|\/)/i.test(identifier) ? identifier : ''];
    const page = { place, key, addresses, title: disqusTitle(value('title')), at: momentOf(value('createdAt')) };
    return { kind: 'page', page: { ...page, closed: value('isClosed') === 'true' } };
  }

  #post(record: DisqusRecord): ToldPiece {
    const { fields, place } = record;
    const value = (name: string) => fields.get(name) ?? '';
    const page = value('thread');
    const wordpressId = /^wp_id=(\d+)$/.exec(value('id'))?.[1];
    const author = { name: value('author/name') || value('author/username'), email: value('author/email'), url: '' };
    const said = [value('message'), author.name, value('createdAt')];
    const comment = {
      place,
      id: record.id || this.#madeId(record, said),
      answers: value('parent') || null,
      fate: this.#fateOf(record),
      author,
      at: momentOf(value('createdAt')),
      text: wholeLinks(value('message')),
      form: 'html' as const,
      said,
    };
    if (comment.fate.kind === 'brought' && this.#deleted.delete(page))
      this.#warn('the thread is marked deleted and has comments that are not; these are brought', place);
    return { kind: 'comment', page, comment: wordpressId === undefined ? comment : { ...comment, wordpressId } };
  }

  #madeId({ fields, place }: DisqusRecord, said: readonly string[]): string {
    this.#warn('the post has no dsq:id; it got one from what it says', place);
    return `made-${deriveId('disqus', fields.get('thread') ?? '', ...said)}`;
  }

  #fateOf(record: DisqusRecord): Fate {
    if (this.#flag(record, 'isDeleted')) return { kind: 'skipped', why: 'deleted' };
    if (this.#flag(record, 'isSpam')) return { kind: 'skipped', why: 'spam' };
    return { kind: 'brought', held: false };
  }

  #flag({ fields, place }: DisqusRecord, name: string): boolean {
    const value = (fields.get(name) ?? '').toLowerCase();
    if (!['', 'true', 'false', '1', '0'].includes(value))
      this.#warn(`${name} is "${value.slice(0, 40)}", neither true nor false; taken as false`, place);
    return value === 'true' || value === '1';
  }
}
