import type { ReaderTask, ToldPiece } from '../pages/told.ts';
import { SourceError, type SourcePlace } from '../source/source.ts';
import type { Fate } from '../source/source-comment.ts';
import { withLinks } from './discourse-html.ts';
import { RecordFields } from './fields.ts';
import { jsonRecords } from './json-records.ts';
import { momentOf } from './moments.ts';
import { siteName } from './site-name.ts';

/** What Discourse writes above the discussion of a page of another site. */
const COMPANION = /companion discussion topic for the original entry at\s*(?:<br>\s*)?<a href="(https?:\/\/[^"]+)"/i;
const LIKE = 2;

/** A topic with all its posts: a post of this forum with its comments, or the discussion of the page that it accompanies. */
export async function* readDiscourse(task: ReaderTask): AsyncGenerator<ToldPiece> {
  yield { kind: 'site', site: siteName(task, 'discourse') };
  const topic = new Map<string, unknown>();
  let opening: { readonly record: RecordFields; readonly place: SourcePlace } | null = null;
  let key = '';
  try {
    for await (const { path, value, place } of jsonRecords(task.file, ['post_stream.posts', 'tags'], task.onBytes)) {
      if (path === 'tags') topic.set('tags', [...listIn(topic.get('tags')), value]);
      else if (path !== 'post_stream.posts') topic.set(path, value);
      else {
        const record = new RecordFields(value);
        key = record.text('topic_id') || key;
        if (record.text('post_number') === '') throw new SourceError('this is no topic of Discourse', place);
        if (record.text('post_number') === '1') opening = { record, place };
        else yield* toldComment(record, place);
        const likes = likesOf(record);
        if (likes > 0) yield { kind: 'votes', count: likes };
      }
    }
  } finally {
    if (opening !== null) yield toldTopic(new RecordFields(Object.fromEntries(topic)), opening, key);
  }
  if (key === '') throw new SourceError('this is no topic of Discourse: it has no posts', { line: 1, column: 1 });
}

function toldTopic(
  topic: RecordFields,
  { record, place }: { readonly record: RecordFields; readonly place: SourcePlace },
  key: string,
): ToldPiece {
  const cooked = record.text('cooked');
  const page = COMPANION.exec(cooked)?.[1];
  const title = topic.text('title') || record.text('topic_slug').replaceAll('-', ' ');
  const at = momentOf(topic.moment('created_at') ?? record.moment('created_at'));
  const told = { place, key, title, at, closed: topic.flag('closed') || topic.flag('archived') };
  if (page !== undefined) return { kind: 'page', page: { ...told, addresses: [page.replaceAll('&amp;', '&')] } };
  const tags = topic
    .list('tags')
    .flatMap((tag) => (typeof tag === 'string' ? [tag] : [new RecordFields(tag).text('name')]));
  const article = {
    html: withLinks(cooked),
    byline: nameOf(record),
    tags: tags.filter(Boolean),
    slug: topic.text('slug'),
  };
  return { kind: 'page', page: { ...told, addresses: [], article } };
}

function* toldComment(record: RecordFields, place: SourcePlace): Iterable<ToldPiece> {
  const topic = record.text('topic_id');
  const answers = record.text('reply_to_post_number');
  const text = withLinks(record.text('cooked'));
  const at = momentOf(record.moment('created_at'));
  const author = { name: nameOf(record), email: '', url: '' };
  const comment = {
    place,
    id: `${topic}.${record.text('post_number')}`,
    answers: answers === '' || answers === '1' ? null : `${topic}.${answers}`,
    fate: fateOf(record),
    author,
    at,
    text,
    form: 'html' as const,
    said: [text, author.name, at ?? ''],
  };
  yield { kind: 'comment', page: topic, comment };
}

function nameOf(record: RecordFields): string {
  return record.text('display_username', 'name', 'username');
}

/** What the members' reports have hidden waits for moderators here, too. */
function fateOf(record: RecordFields): Fate {
  const type = record.number('post_type');
  if (type === 3) return { kind: 'skipped', why: 'a note about the topic' };
  if (type === 4) return { kind: 'skipped', why: 'a whisper among staff' };
  if (record.flag('user_deleted') || record.text('deleted_at') !== '') return { kind: 'skipped', why: 'deleted' };
  return { kind: 'brought', held: record.flag('hidden') };
}

function likesOf(record: RecordFields): number {
  const likes = record.list('actions_summary').map((each) => new RecordFields(each));
  return likes.filter((each) => each.number('id') === LIKE).reduce((sum, each) => sum + each.number('count'), 0);
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
