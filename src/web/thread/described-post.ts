import type { Author, Post } from '../../../libs/client/index.ts';
import { memberHref, postHref } from '../shell/addresses.ts';

/** An image that the forum itself keeps. */
const OWN_IMAGE = /<img src="(\/images\/[\w.-]+)"/;

/** The path of the first image of a text. */
export function imageIn(html: string): string | undefined {
  return OWN_IMAGE.exec(html)?.[1];
}

interface Telling {
  readonly origin: string;
  readonly siteName: string;
  /** The beginning of the post, as plain text. */
  readonly text: string;
  readonly image: string | undefined;
}

/**
 * The post as schema.org has it: an article, or what is said here about a page of another site. Its comments are
 * counted, since the page shows them all.
 */
export function describedPost(post: Post, { origin, siteName, text, image }: Telling): object {
  const url = origin + postHref(post);
  const site = { '@type': 'Organization', name: siteName, url: `${origin}/` };
  return {
    '@context': 'https://schema.org',
    '@type': post.url === undefined ? 'Article' : 'DiscussionForumPosting',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: post.title,
    ...(post.url === undefined
      ? { description: text }
      : { text: text || post.title, sharedContent: { '@type': 'WebPage', url: post.url } }),
    inLanguage: post.locale,
    datePublished: post.publishedAt,
    dateModified: post.editedAt ?? post.publishedAt,
    author: post.author === null ? site : personOf(post.author, origin),
    publisher: site,
    ...(image !== undefined && { image: origin + image }),
    ...(post.tags.length > 0 && { keywords: post.tags }),
    commentCount: post.commentCount,
    discussionUrl: `${url}#discussion`,
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: 'https://schema.org/CommentAction',
      userInteractionCount: post.commentCount,
    },
  };
}

function personOf(author: Author, origin: string): object {
  const person = { '@type': 'Person', name: author.displayName };
  return 'handle' in author ? { ...person, url: origin + memberHref(author) } : person;
}
