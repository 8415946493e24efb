import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { IMPORT_REASONS, IMPORT_SAYINGS } from '../../../../libs/words/index.ts';
import type { ImportJob, ImportTold } from '../../../acts/importing/import-job.ts';
import { translator } from '../../shell/i18n/translate.ts';
import { NO_CHOICES } from './choice-fields.tsx';
import { BeginPart } from './import-page.tsx';
import { buttonsOf } from './job-page.tsx';
import { importedSoFar, stateOf, systemOf } from './job-words.ts';
import { leftOutWords, saidWords } from './reason-words.ts';
import { Alike, First, LeftOutPart, Origins, SaidAt, Unnamed } from './told-part.tsx';

const english = JSON.parse(readFileSync(new URL('../../shell/messages/en.json', import.meta.url), 'utf8'));
const words = translator('en', english);
const thai = translator(
  'th',
  JSON.parse(readFileSync(new URL('../../shell/messages/th.json', import.meta.url), 'utf8')),
);

const NOTHING: ImportTold = {
  recorded: false,
  site: null,
  posts: { imported: 0, updated: 0, unchanged: 0 },
  comments: { imported: 0, held: 0, placeholders: 0, unchanged: 0 },
  pingbacks: 0,
  votes: 0,
  images: { stored: 0, known: 0, missing: 0 },
  leftOut: [],
  origins: [],
  warnings: { count: 0, first: [] },
  error: null,
  seconds: 0,
};
const looked = (told: Partial<ImportTold>): ImportJob => ({
  form: 2,
  id: 'any',
  name: 'export.xml',
  origin: { kind: 'sent' },
  at: '2026-11-27T08:00:00Z',
  choices: { source: 'isso', sites: {}, local: false, pages: false, fetchMedia: false, media: null },
  state: 'looked',
  progress: null,
  told: { ...NOTHING, ...told },
  fault: null,
  hasBrought: false,
});
const shown = (told: Partial<ImportTold>) => {
  const job = looked(told);
  return [importedSoFar(job, words), buttonsOf(job).map(([act]) => act)];
};

test('of a file that cannot be read as the chosen system, a look says that, and nothing can be brought', () => {
  const unread = ['This file cannot be read as Isso. Choose another system below, or send another file.', ['cancel']];
  expect(shown({})).toEqual(unread);
  expect(shown({ error: { line: 1, message: 'this is no database of Isso (SQLite)' } })).toEqual(unread);
  const why = 'page with a path alone (say where its site stands with --site)';
  expect(shown({ leftOut: [{ what: 'posts', why, count: 1, places: [] }] })).toEqual([
    'Nothing of this file would come.',
    ['cancel'],
  ]);
  const listed = (told: Partial<ImportTold>) => stateOf(looked(told), words);
  expect([listed({}), listed({ leftOut: [{ what: 'posts', why, count: 1, places: [] }] })]).toEqual([
    'cannot be read',
    'waits for you',
  ]);
  const would = ['This is what would come. Nothing is recorded yet.', ['bring', 'cancel']];
  expect(shown({ comments: { ...NOTHING.comments, imported: 1 } })).toEqual(would);
  expect(shown({ posts: { ...NOTHING.posts, unchanged: 1 } })).toEqual(would);
});

test('an import that was stopped while its file was read says so, in place of counts of nothing', () => {
  const stopped = (posts: number): ImportJob => ({
    ...looked({}),
    state: 'stopped',
    progress: { bytesRead: 50, bytes: 100, posts, comments: 0 },
  });
  expect(importedSoFar(stopped(0), words)).toBe(
    'It is stopped. What has come stays, and going on adds the rest. 50 % so far: the file is read first, and nothing of it has come yet.',
  );
  expect(importedSoFar(stopped(1), words)).toContain('50 % so far: 1 posts or pages, 0 comments.');
});

test('what came is led to by its title', () => {
  const first = [{ title: 'Two rivers', slug: 'two-rivers' }];
  expect(renderToString(<First first={first} translator={words} />)).toBe(
    '<p>Look at what came:</p><ul><li><a href="/posts/two-rivers" dir="auto">Two rivers</a></li></ul>',
  );
  expect(renderToString(<First first={[]} translator={words} />)).toBe('');
});

test('sites whose pages came lead to these, and those whose pages would come are told alone', () => {
  const shownOf = (recorded: boolean): string => {
    const told = { recorded, origins: [['https://blog.example', 3] as const, ['https://b.example', 1] as const] };
    return renderToString(<Origins told={told} translator={words} />);
  };
  expect(shownOf(true)).toBe(
    '<bdi dir="ltr"><a href="/archive/sites?site=https%3A%2F%2Fblog.example">https://blog.example</a> (3)</bdi>' +
      '<bdi dir="ltr">, <a href="/archive/sites?site=https%3A%2F%2Fb.example">https://b.example</a> (1)</bdi>',
  );
  expect(shownOf(false)).toBe(
    '<bdi dir="ltr">https://blog.example (3)</bdi><bdi dir="ltr">, https://b.example (1)</bdi>',
  );
});

test.each([
  ['page with a path alone (say where its site stands with --site)', 'fill in “Where the pages stand”'],
  ['on a page with a path alone (say where its site stands with --site)', 'fill in “Where the pages stand”'],
  ['not asked for (bring them with --media DIR or --fetch-media)', 'tick “Fetch images from the old site”'],
  ['not in the folder of --media', 'not in the chosen folder'],
  [
    'page on a cache or a translator (bring them with --local)',
    'tick “Bring also what was said on pages of one’s own machine',
  ],
  [
    'page without comments (bring them with --pages)',
    'import the file with “WordPress: bring also pages that nobody commented on” ticked',
  ],
  ['the old site answers 404', 'the old site answers with 404'],
  ['larger than 10485760 bytes', 'larger than 10485760 bytes'],
  ['with status imported', 'with the state “imported”'],
  ['of mode 8', 'in the state 8'],
  ['of type order_note', 'of the type “order_note”'],
  ['of type recipe (bring them with --types recipe)', 'of the type “recipe”; from the shell'],
  ['under an item that was left out: draft', 'under something that is left out: draft'],
  ['under an item that was left out: of type x (bring them with --types x)', 'left out: of the type “x”'],
])('the page names its own fields where the shell would name options: %s', (why, told) => {
  expect(leftOutWords(why, words)).toContain(told);
});

test('what a done import left out by a choice comes with the file again, which the page leads to; a look has its form', () => {
  const reasons = [
    ['on a machine or network that readers do not reach (bring them with --local)', ''],
    ['on a cache or a translator (bring them with --local)', ''],
    ['with a path alone (say where its site stands with --site)', ''],
    ['not asked for (bring them with --media DIR or --fetch-media)', ''],
    ['page without comments (bring them with --pages)', 'import the file with'],
    ['draft', null],
  ] as const;
  const shownOf = (why: string, recorded: boolean): string => {
    const told = { recorded, leftOut: [{ what: 'posts', why, count: 1, places: [] }] } as const;
    return renderToString(<LeftOutPart id="any" told={told} translator={words} />);
  };
  const link = '<a href="/admin/import">Import the file again</a>';
  for (const [why, said] of reasons) {
    const [done, look] = [shownOf(why, true), shownOf(why, false)];
    expect([why, done.includes(link), look.includes(link)]).toEqual([why, said !== null, false]);
    expect([why, done.includes('when you import the file again')]).toEqual([why, said === '']);
    expect(look).not.toContain('again');
  }
});

test('each reason that names nothing of the file has words of its own, which are no English in Thai', () => {
  const told = IMPORT_REASONS.map((why) => leftOutWords(why, thai));
  expect(told.filter((text) => text === null || !/\p{Script=Thai}/u.test(text))).toEqual([]);
  expect(leftOutWords('a featured image that the export does not hold', words)).toContain('the file does not hold');
});

test('all that an import says has words in Thai, with its numbers and names; a report without quotes has them too', () => {
  const forms: readonly string[] = Object.values(IMPORT_SAYINGS).flat();
  const said = forms.map((form) => form.replaceAll(/\{\w+\}/g, '7'));
  expect(said.filter((text) => !/\p{Script=Thai}/u.test(saidWords(text, thai) ?? ''))).toEqual([]);
  expect(said.filter((text) => /\{\w+\}/.test(saidWords(text, thai) ?? ''))).toEqual([]);
  expect(saidWords('the comment was cut at 20000 characters (in the export it has 20031)', words)).toBe(
    'The comment was cut at 20,000 characters; in the file it has 20,031.',
  );
  expect(saidWords('… was changed in the source and here; left as it is here', words)).toBe(
    '… was changed in the source and here; it stays as it is here.',
  );
});

test('sites that the settings do not name are told with what comes of them, as long as they are not named', () => {
  const told = { origins: [['https://a.example', 3, 1200] as const, ['https://b.example', 1] as const] };
  const notice = (...named: readonly string[]) =>
    renderToString(<Unnamed told={told} named={named} translator={words} />);
  expect(notice()).toContain('<li><bdi dir="ltr">https://a.example</bdi> · Pages: 3 · Comments: 1,200</li>');
  expect(notice()).toContain('<li><bdi dir="ltr">https://b.example</bdi> · Pages: 1</li>');
  expect(notice('https://a.example')).not.toContain('a.example');
  expect(notice('https://a.example', 'https://b.example')).toBe('');
});

test('what no version has words for is shown as English', () => {
  const shownAs = (message: string) => renderToString(<SaidAt line={3} message={message} translator={thai} />);
  expect(shownAs('the file is empty')).toBe('บรรทัด 3: ไฟล์ว่างเปล่า');
  expect(shownAs('ENOSPC')).toBe('บรรทัด 3: <span lang="en">ENOSPC</span>');
});

test('what would be here twice is warned of, with the system that brought it', () => {
  const warned = renderToString(<Alike told={{ ...NOTHING, alike: [['disqus', 7]] }} translator={words} />);
  expect(warned).toContain('7 of the new comments stand here already');
  expect(warned).toContain('brought from Disqus');
  expect(renderToString(<Alike told={NOTHING} translator={words} />)).toBe('');
});

test('a system that nobody knows is said to be unknown', () => {
  expect(systemOf({ choices: { ...looked({}).choices, source: null } }, words)).toBe('not known');
});

test('no file can be sent while another import is under way, and the page leads to that one', () => {
  const asked = {
    offered: [],
    folder: '/srv/imports',
    mostMiB: 512,
    choices: NO_CHOICES,
    chosen: '',
    errors: {},
    isFull: false,
  };
  const part = (underWay: ImportJob | null) =>
    renderToString(<BeginPart frame={{ translator: words }} underWay={underWay} {...asked} />);
  expect(part(null)).toContain('name="file" aria-describedby');
  const refused = { ...asked, errors: { file: 'Choose a file.' } };
  expect(renderToString(<BeginPart frame={{ translator: words }} underWay={null} {...refused} />)).toContain(
    'name="file" autofocus aria-invalid="true"',
  );
  const busy = part({ ...looked({}), state: 'bringing' });
  expect(busy).not.toContain('<form');
  expect(busy).toContain('Another import is under way');
  expect(busy).toContain('<a href="/admin/import/any" dir="auto">export.xml</a>');
  const full = renderToString(<BeginPart frame={{ translator: words }} underWay={null} {...asked} isFull />);
  expect([full.includes('<form'), full.includes('As many imports wait as may wait')]).toEqual([false, true]);
});
