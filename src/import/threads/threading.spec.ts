import { describe, expect, it } from '@jest/globals';
import { Scratch } from '../../../libs/scratch/index.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import { CommentSpool } from '../wordpress/comment-spool.ts';
import { BlogClock } from '../wordpress/dates.ts';
import { WordPressComments } from '../wordpress/wordpress-comments.ts';
import type { WxrComment } from '../wordpress/wxr.ts';
import { CommentIds } from './comment-ids.ts';
import { sourceThreadOf } from './threading.ts';

const POST: ImportedPost = {
  postId: 'p',
  source: { kind: 'wordpress', site: 'https://blog.example', id: '1' },
  title: 't',
  slug: 't',
  body: 'b',
  excerpt: null,
  tags: [],
  locale: 'en',
  publishAt: '2015-10-01T00:00:00.000Z',
  byline: null,
  closed: false,
  addresses: [],
  attachments: [],
  tagNames: [],
  inline: {},
  lostImage: null,
};

const comment = (id: string, parent: string, more: Record<string, string> = {}): WxrComment => ({
  place: { line: Number(id), column: 1 },
  fields: new Map(
    Object.entries({
      'wp:comment_id': id,
      'wp:comment_parent': parent,
      'wp:comment_content': `says ${id}`,
      'wp:comment_author': 'A',
      'wp:comment_date_gmt': '2015-10-02 08:00:00',
      'wp:comment_approved': '1',
      ...more,
    }),
  ),
});

/** `size`: characters that each comment counts; many of them wait in a file. */
const thread = (comments: readonly WxrComment[], { ids = new CommentIds(new Scratch().map()), size = 1 } = {}) => {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const spool = new CommentSpool();
  for (const each of comments) spool.add(each, size);
  const context = { post: POST, baseUrl: POST.source.site, warn, rewrite: () => null, now: '' };
  const settled = sourceThreadOf(new WordPressComments(spool, new BlogClock()), context, ids);
  const levels = [...settled.levels].map((level) => [...level].map((number) => settled.at(number)));
  const names = new Map(levels.flat().map((each) => [each.commentId, each.sourceId]));
  settled.close();
  return {
    levels: levels.map((level) =>
      level.map((each) => {
        const name = each.kind === 'placeholder' ? `(${each.sourceId})` : each.sourceId;
        return `${name}<${names.get(each.parentId ?? '') ?? ''}`;
      }),
    ),
    held: levels.flat().flatMap((each) => (each.kind === 'comment' && each.held ? [each.sourceId] : [])),
    keepPlace: levels.flat().flatMap((each) => (each.kind === 'comment' && each.keepsPlace ? [each.sourceId] : [])),
    pingbacks: settled.pingbacks,
    skipped: Object.fromEntries([...settled.skipped].map(([why, { count }]) => [why, count])),
    warnings,
  };
};

const NOTHING_ELSE = { held: [], keepPlace: [], pingbacks: 0, skipped: {}, warnings: [] };

describe('the thread of an item', () => {
  it('puts parents before their answers, whatever their order in the file', () => {
    expect(thread([comment('3', '2'), comment('2', '1'), comment('1', '0'), comment('4', '1')])).toEqual({
      ...NOTHING_ELSE,
      levels: [['1<'], ['2<1', '4<1'], ['3<2']],
    });
  });

  it('keeps held comments held, and leaves spam, trash and other kinds out, counted', () => {
    const comments = [
      comment('1', '0', { 'wp:comment_approved': '0' }),
      comment('2', '0', { 'wp:comment_approved': 'spam' }),
      comment('3', '0', { 'wp:comment_approved': 'post-trashed' }),
      comment('4', '0', { 'wp:comment_type': 'pingback' }),
      comment('5', '0', { 'wp:comment_type': 'order_note' }),
      comment('6', '0', { 'wp:comment_content': ' <br> ' }),
    ];
    expect(thread(comments)).toEqual({
      levels: [['1<']],
      held: ['1'],
      keepPlace: [],
      pingbacks: 1,
      skipped: { spam: 1, 'in the trash': 1, 'of type order_note': 1, empty: 1 },
      warnings: [],
    });
  });

  const spam = { 'wp:comment_approved': 'spam' };
  const held = { 'wp:comment_approved': '0' };

  it('keeps the place of what is left out where an answer below it is visible', () => {
    const comments = [
      comment('1', '0'),
      comment('2', '1', spam),
      comment('3', '2'),
      comment('4', '0', { 'wp:comment_approved': 'trash' }),
      comment('5', '4', { 'wp:comment_type': 'pingback' }),
      comment('6', '5', { 'wp:comment_content': '<br>' }),
      comment('7', '6'),
    ];
    expect(thread(comments)).toEqual({
      ...NOTHING_ELSE,
      levels: [['1<', '(4)<'], ['(2)<1', '(5)<4'], ['3<2', '(6)<5'], ['7<6']],
      pingbacks: 1,
      skipped: { spam: 1, 'in the trash': 1, empty: 1 },
    });
  });

  it('hangs what is held, below what is left out, on the nearest comment above it', () => {
    const comments = [comment('1', '0'), comment('2', '1', spam), comment('3', '2', held), comment('4', '2', spam)];
    expect(thread(comments)).toEqual({
      ...NOTHING_ELSE,
      levels: [['1<'], ['3<1']],
      held: ['3'],
      skipped: { spam: 2 },
    });
  });

  it('keeps the place of what is held where an answer below it is visible', () => {
    const comments = [comment('1', '0', held), comment('2', '1', held), comment('3', '2'), comment('4', '1', held)];
    expect(thread(comments)).toEqual({
      ...NOTHING_ELSE,
      levels: [['1<'], ['2<1', '4<1'], ['3<2']],
      held: ['1', '2', '4'],
      keepPlace: ['1', '2'],
    });
  });

  it('keeps the place of a comment that is answered and not there, with a warning', () => {
    expect(thread([comment('1', '9'), comment('2', '9'), comment('3', '8', held)])).toEqual({
      ...NOTHING_ELSE,
      levels: [
        ['(1-missing-9)<', '3<'],
        ['1<1-missing-9', '2<1-missing-9'],
      ],
      held: ['3'],
      warnings: [
        'the comment answers 9, which is not under this post; a placeholder stands for it',
        'the comment answers 9, which is not under this post; a placeholder stands for it',
        'the comment answers 8, which is not under this post; put at the top',
      ],
    });
  });

  it('opens a circle at one of its members, with a warning', () => {
    const { levels, warnings } = thread([comment('1', '3'), comment('2', '1'), comment('3', '2'), comment('4', '4')]);
    expect(levels).toEqual([['1<', '4<'], ['2<1'], ['3<2']]);
    expect(warnings).toHaveLength(2);
  });

  it('gives a second comment with the same id one of its own, the same each time, and drops a true double', () => {
    const run = () =>
      thread([
        comment('1', '0'),
        comment('1', '0', { 'wp:comment_content': 'another' }),
        comment('1', '0'),
        comment('2', '1'),
      ]);
    const { levels, skipped, warnings } = run();
    expect(levels[0]).toEqual(['1<', expect.stringMatching(/^1-[0-9a-f]+<$/)]);
    expect(levels[1]).toEqual(['2<1']);
    expect(skipped).toEqual({ 'twice in the file': 1 });
    expect(warnings).toHaveLength(1);
    expect(run()).toEqual({ ...NOTHING_ELSE, levels, skipped, warnings });
  });

  it('settles a chain of ten thousand answers', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => comment(String(index + 1), String(index)));
    const { levels, warnings } = thread(chain.reverse(), { size: 1_000 });
    expect(levels).toHaveLength(17);
    expect(levels.flat()).toHaveLength(10_000);
    // The last level has all that is deeper, below the comment that the first of them answers.
    expect(levels[16]?.slice(0, 2)).toEqual(['17<16', '18<16']);
    expect(new Set(levels[16]?.map((each) => each.slice(each.indexOf('<'))))).toEqual(new Set(['<16']));
    expect(warnings).toEqual([
      '9983 answers stand deeper than 16 levels under this post; they are put at that level, by time',
    ]);
  });
});
