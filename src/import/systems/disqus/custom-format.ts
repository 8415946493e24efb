import { siteHostOf } from '../../../../libs/kernel/index.ts';
import type { ReaderTask, ToldPage, ToldPiece } from '../../pages/told.ts';
import type { SourceComment } from '../../source/source-comment.ts';
import { BlogClock } from '../../wordpress/dates.ts';
import { WordPressComments } from '../../wordpress/wordpress-comments.ts';
import type { WxrItem } from '../../wordpress/wxr.ts';
import { readWxr } from '../../wordpress/wxr-reader.ts';
import { disqusTitle } from './page-title.ts';

/** WXR with Disqus' own fields, as other systems write it for Disqus: one page may stand in many items. */
export async function* readCustomFormat({ file, warn, onBytes }: ReaderTask): AsyncGenerator<ToldPiece> {
  const clock = new BlogClock();
  let isFirst = true;
  for await (const { item } of readWxr(file, warn, { onBytes })) {
    const page = pageOf(item, clock);
    if (isFirst) yield { kind: 'site', site: siteHostOf(page.addresses[0] ?? '') || 'disqus.com' };
    isFirst = false;
    yield { kind: 'page', page };
    for (const comment of new WordPressComments(item.comments, clock))
      yield { kind: 'comment', page: page.key, comment: plain(comment) };
    item.comments.close();
  }
}

function pageOf({ fields, place }: WxrItem, clock: BlogClock): ToldPage {
  const value = (name: string) => fields.get(name) ?? '';
  const identifier = value('dsq:thread_identifier');
  const addresses = [value('link'), /^(?:https?:\/\/|\/)/i.test(identifier) ? identifier : ''];
  const at = clock.moment(fields, { gmt: 'wp:post_date_gmt', local: 'wp:post_date' });
  const closed = value('wp:comment_status') === 'closed';
  return { place, key: value('link') || identifier, addresses, title: disqusTitle(value('title')), at, closed };
}

/** Some programs name all comments above, the nearest last. */
function plain({ place, id, answers, fate, author, at, text, form, said }: SourceComment): SourceComment {
  const nearest = answers?.split(',').at(-1)?.trim() || null;
  return { place, id, answers: nearest, fate, author, at, text, form, said };
}
