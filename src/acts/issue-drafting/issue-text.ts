import type { PeriodPost } from '../../views/post-list/post-list.query-types.ts';
import { type Period, periodInWords } from './period.ts';
import type { IssueWords } from './words.ts';

/** A comment that the issue quotes. */
export interface IssueQuote {
  readonly id: string;
  readonly name: string;
  /** The beginning of its text in plain words. */
  readonly head: string;
  readonly post: { readonly slug: string; readonly title: string };
}

export interface DraftedIssue {
  readonly period: Period;
  readonly posts: readonly PeriodPost[];
  readonly quotes: readonly IssueQuote[];
}

export interface IssueWriting {
  readonly words: IssueWords;
  /** The zone of the days (IANA). */
  readonly zone: string;
  /** A text as Markdown that shows it unchanged. */
  readonly asMarkdown: (text: string) => string;
}

/** Title and Markdown of an issue about a period. The link in a quote tells which comment it is of. */
export function issueText(
  { period, posts, quotes }: DraftedIssue,
  { words, zone, asMarkdown }: IssueWriting,
): { readonly title: string; readonly body: string } {
  const { t, digits, locale } = words;
  const days = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: zone });
  const parts = [
    ...(posts.length > 0 ? [`## ${asMarkdown(t('posts'))}`] : []),
    ...posts.flatMap(({ slug, title, head, publishedAt, commentCount }) => {
      const about = `${digits(days.format(new Date(publishedAt)))} · ${t('comments', { count: commentCount })}`;
      return [
        `### [${asMarkdown(title)}](${pathOf(slug)})`,
        asMarkdown(about),
        ...(head === '' ? [] : [asMarkdown(head)]),
      ];
    }),
    ...(quotes.length > 0 ? [`## ${asMarkdown(t('discussions'))}`] : []),
    ...quotes.map(({ id, name, head, post }) => {
      const by = asMarkdown(t('by', { name, title: post.title }));
      return `> ${asMarkdown(head)}\n>\n> [${by}](${pathOf(post.slug)}#comment-${id})`;
    }),
  ];
  return { title: t('title', { period: digits(periodInWords(period, locale)) }), body: parts.join('\n\n') };
}

function pathOf(slug: string): string {
  return `/posts/${encodeURIComponent(slug).replaceAll(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'))}`;
}
