import type { Comment, Post } from '../../../libs/client/index.ts';
import { languageOf } from '../shell/i18n/language-of.ts';

interface QuotedProps {
  readonly post: Post;
  /** The whole address on the forum. */
  readonly href: string;
}

/** A comment for other sites: its text, who wrote it, and the way to it. Nothing of it runs. */
export function QuotedComment({ comment, post, href }: QuotedProps & { readonly comment: Comment }) {
  return (
    <blockquote class="colloquy-comment" cite={href}>
      <div
        dir="auto"
        lang={comment.language ?? languageOf(comment.bodyHtml ?? '', post.locale)}
        dangerouslySetInnerHTML={{ __html: comment.bodyHtml ?? '' }}
      />
      <p>
        {comment.author !== null && `${comment.author.displayName} · `}
        <a href={href} lang={post.locale} dir="auto">
          {post.title}
        </a>
      </p>
    </blockquote>
  );
}

/** The beginning of a post for other sites, and the way to it. */
export function QuotedPost({ post, href }: QuotedProps) {
  return (
    <blockquote class="colloquy-post" cite={href}>
      <p>
        <a href={href} lang={post.locale} dir="auto">
          {post.title}
        </a>
      </p>
      <div lang={post.locale} dir="auto" dangerouslySetInnerHTML={{ __html: post.excerptHtml }} />
    </blockquote>
  );
}
