import type { Post } from '../../../libs/client/index.ts';
import type { DomainError } from '../../../libs/kernel/index.ts';
import type { OtherDiscussion } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { WaitsToBeLetIn } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { type FrameAddress, framePath } from '../shell/frame-address.ts';
import { FramedDocument } from '../shell/framed-document.tsx';
import type { Translator } from '../shell/i18n/translate.ts';
import { NotKept } from '../shell/not-kept.tsx';
import { PostForm } from '../shell/post-form.tsx';
import { reasonOf } from '../shell/refusal-messages.ts';
import { SubscriptionBox } from '../shell/subscription-box.tsx';
import { WritingStops } from '../shell/writing-stops.tsx';
import { AttentionForms } from '../thread/attention-forms.tsx';
import type { News } from '../thread/news.ts';
import { ThreadProvider } from '../thread/parts/context.ts';
import { threadData } from '../thread/parts/page-data.ts';
import { ThreadSection } from '../thread/parts/thread.tsx';
import { SinceVisit } from '../thread/since-visit.tsx';
import type { ShownDiscussion } from '../thread/thread-pages.ts';

export interface EmbedPageProps {
  readonly frame: Frame;
  readonly address: FrameAddress;
  readonly post: Post;
  /** The origins whose pages may show the frame. */
  readonly hosts: readonly string[];
  /** Discussions of the same page from other addresses of it. */
  readonly others: readonly OtherDiscussion[];
  readonly shown: Omit<ShownDiscussion, 'shows'>;
  /** What is new to the member; null for readers, and where nothing is. */
  readonly news: News | null;
  /** As of whom the page around the frame signed the reader in; see FrameData. */
  readonly sso: string | null;
  /** Why the session that came along does not count here. */
  readonly refusal: DomainError | null;
  /** Whether it stands in no frame: a link led to it, or a form of such a page. */
  readonly isAlone: boolean;
  /** Whether a guest has just sent a comment, whoever is signed in by now. */
  readonly isSent: boolean;
  /** Of the frame, where a form is answered; see FrameData. */
  readonly path: string | null;
}

/** The discussion of a page of another site, readable and usable there before any script has come. */
export function EmbedPage(props: EmbedPageProps) {
  const { frame, address, post, hosts, others, shown, news, sso, refusal, isAlone, isSent, path } = props;
  const { context, thread, attention } = shown;
  return (
    <FramedDocument
      frame={frame}
      address={address}
      told={{
        hosts,
        site: address.site,
        as: address.as || null,
        sso,
        ...(path !== null && { path }),
        ...(frame.reads && { reads: true }),
      }}
      title={post.title}
      data={threadData(shown)}
      isLive
      isAlone={isAlone}
      tellsNews={news !== null}
    >
      <h1 class={isAlone ? undefined : 'visually-hidden'} lang={post.locale} dir="auto">
        {post.title}
      </h1>
      {isAlone && <WayBack url={post.url ?? address.url} translator={frame.translator} />}
      <section class="discussion" id="discussion" aria-labelledby="discussion-title">
        <AttentionForms
          postId={post.id}
          attention={attention}
          isBookmarked={shown.isBookmarked}
          translator={frame.translator}
          frame={framePath(address)}
          as={frame.member?.id}
        />
        <Stopped frame={frame} refusal={refusal} />
        <WaitsToBeLetIn frame={frame} />
        {news && <SinceVisit {...news} frame={frame} />}
        <OtherDiscussions others={others} translator={frame.translator} />
        <div id="thread">
          <ThreadProvider value={context}>
            <ThreadSection {...thread} />
          </ThreadProvider>
        </div>
        {isSent && frame.site.guests && context.page.guests !== 'sent' && (
          <p class="notice" role="status" tabIndex={-1}>
            {frame.translator.t('form.guest.sent')}
          </p>
        )}
        <div id="thread-tools" />
      </section>
      <SubscriptionBox frame={frame} />
      <FrameFoot frame={frame} address={address} post={post} />
    </FramedDocument>
  );
}

/** Readers without scripts come by a link of the page that is discussed. */
function WayBack({ url, translator: { t } }: { readonly url: string; readonly translator: Translator }) {
  return (
    <p>
      <a href={url} target="_self">
        {t('embed.readThere', { host: new URL(url).host })}
      </a>
    </p>
  );
}

/** Why a member cannot write here, with the time until when, as pages of the forum tell it at their top. */
function Stopped({ frame: { notices, translator }, refusal }: Pick<EmbedPageProps, 'frame' | 'refusal'>) {
  return (
    <>
      {refusal && (
        <p class="notice waiting" role="status">
          {reasonOf(refusal, translator)}{' '}
          {refusal.code === 'banned' && <a href="/appeal">{translator.t('appeal.title')}</a>}
        </p>
      )}
      <WritingStops stops={notices.stops} translator={translator} look="notice waiting" />
    </>
  );
}

/** The ways to what was said about the page at other addresses of it; it is read and answered in the forum. */
function OtherDiscussions({
  others,
  translator: { t },
}: Pick<EmbedPageProps, 'others'> & { readonly translator: Translator }) {
  const said = others.filter(({ commentCount }) => commentCount > 0);
  if (said.length === 0) return null;
  return (
    <p class="other-discussions">
      {t('embed.others')}{' '}
      {said.map((other, at) => (
        <span key={other.slug}>
          {at > 0 && ' · '}
          <a href={postHref(other)}>{t('posts.comments', { count: other.commentCount })}</a>
        </span>
      ))}
    </p>
  );
}

/** Who writes here, and the way to the forum; a page without comments has no place there yet. */
function FrameFoot({
  frame: { member, site, translator },
  address,
  post,
}: Pick<EmbedPageProps, 'frame' | 'address' | 'post'>) {
  const { t } = translator;
  const inForum = post.revision > 0 ? postHref(post) : null;
  return (
    <footer class="frame-foot">
      {!member && <NotKept inForum={inForum} translator={translator} />}
      {member && (
        <a href={`/members/${encodeURIComponent(member.handle)}`} dir="auto">
          {t('embed.as', { name: member.displayName })}
        </a>
      )}
      {member && (
        <PostForm class="inline" action="/embed/sign-out" as={member.id} target="_self">
          <input type="hidden" name="frame" value={framePath(address)} />
          <button class="link-button" type="submit">
            {t('nav.signOut')}
          </button>
        </PostForm>
      )}
      <a href={inForum ?? '/'} dir="auto">
        {inForum === null ? site.name : t('embed.forum', { name: site.name })}
      </a>
    </footer>
  );
}
