import type { FoundText } from '../../../libs/client/index.ts';
import { memberHref } from '../shell/addresses.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

interface FoundByProps {
  readonly item: FoundText;
  readonly translator: Translator;
  readonly now: number;
}

/** Who wrote what was found, what it is, and when; a page of another site has no author here. */
export function FoundBy({ item, translator, now }: FoundByProps) {
  const { t } = translator;
  const { kind, post, at } = item;
  const page = kind === 'post' && post.url !== undefined ? new URL(post.url) : null;
  return (
    <p class="found-by">
      {page === null && <Author item={item} translator={translator} />}{' '}
      <span class="badge" dir="auto">
        {page !== null
          ? t('search.pageOf', { site: page.host })
          : t(kind === 'post' ? 'search.post' : 'search.comment')}
      </span>{' '}
      <TimeAgo at={at} translator={translator} now={now} />
      {page !== null && (
        <a href={page.href} rel="noopener">
          {translator.t('embed.readThere', { host: page.host })}
        </a>
      )}
      {page === null && post.site !== undefined && <bdi class="hint"> {post.site}</bdi>}
    </p>
  );
}

function Author({ item: { author }, translator }: Omit<FoundByProps, 'now'>) {
  if (author === null) return <span>{translator.t('comment.nameless')}</span>;
  const name = <bdi>{author.displayName}</bdi>;
  return author.id === null ? <span>{name}</span> : <a href={memberHref(author)}>{name}</a>;
}
