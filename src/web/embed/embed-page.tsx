import type { Post } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import type { Frame } from '../shell/frame.ts';
import { type FrameAddress, framePath } from '../shell/frame-address.ts';
import { ThreadProvider } from '../thread/parts/context.ts';
import { threadData } from '../thread/parts/page-data.ts';
import { ThreadSection } from '../thread/parts/thread.tsx';
import type { ShownDiscussion } from '../thread/thread-pages.ts';
import { FramedDocument } from './framed-document.tsx';

interface EmbedPageProps {
  readonly frame: Frame;
  readonly address: FrameAddress;
  readonly post: Post;
  readonly shown: Omit<ShownDiscussion, 'shows'>;
}

/** The discussion of a page of another site, readable and usable there before any script has come. */
export function EmbedPage({ frame, address, post, shown }: EmbedPageProps) {
  const { context, thread } = shown;
  return (
    <FramedDocument frame={frame} theme={address.theme} title={post.title} data={threadData(shown)} isLive>
      <h1 class="visually-hidden" lang={post.locale} dir="auto">
        {post.title}
      </h1>
      <section class="discussion" id="discussion" aria-labelledby="discussion-title">
        <div id="thread">
          <ThreadProvider value={context}>
            <ThreadSection {...thread} />
          </ThreadProvider>
        </div>
        <div id="thread-tools" />
      </section>
      <FrameFoot frame={frame} address={address} post={post} />
    </FramedDocument>
  );
}

/** Who writes here, and the way to the forum; a page without comments has no place there yet. */
function FrameFoot({ frame: { member, site, translator }, address, post }: Omit<EmbedPageProps, 'shown'>) {
  const { t } = translator;
  return (
    <footer class="frame-foot">
      {member && (
        <a href={`/members/${encodeURIComponent(member.handle)}`} dir="auto">
          {t('embed.as', { name: member.displayName })}
        </a>
      )}
      {member && (
        <form class="inline" method="post" action="/embed/sign-out" target="_self">
          <input type="hidden" name="frame" value={framePath(address)} />
          <button class="link-button" type="submit">
            {t('nav.signOut')}
          </button>
        </form>
      )}
      <a href={post.revision > 0 ? postHref(post) : '/'}>{t('embed.forum', { name: site.name })}</a>
    </footer>
  );
}
