import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import type { Post } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { Banned } from '../../access/sign-in/banned.ts';
import type { Framed } from '../../access/sign-in/framed.ts';
import { Pages } from '../../acts/pages.ts';
import type { Frame } from '../shell/frame.ts';
import { type FrameAddress, framePath, standsAlone } from '../shell/frame-address.ts';
import { FrameHosts } from '../shell/frame-hosts.ts';
import { Frames } from '../shell/frames.ts';
import { KeptPages, type MadePage, putHeaders, sharedKey } from '../shell/kept-pages.ts';
import { sendHtml, sendPage } from '../shell/send-page.ts';
import { type News, NewsSinceVisits } from '../thread/news.ts';
import { threadHref } from '../thread/parts/context.ts';
import { ThreadScreens } from '../thread/thread-pages.ts';
import { isPlain, type ThreadWish } from '../thread/thread-wish.ts';
import { EmbedPage, type EmbedPageProps } from './embed-page.tsx';
import { RefusedFrame } from './refused-frame.tsx';
import { UnwrittenFrames } from './unwritten-frames.ts';

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface Refused {
  readonly address: FrameAddress;
  /** Empty where nothing was sent. */
  readonly text: string;
}

/** The discussions of pages of other sites, as they stand there. */
@Injectable()
export class EmbedScreens {
  readonly #pages: Pages;
  readonly #threads: ThreadScreens;
  readonly #frames: Frames;
  readonly #kept: KeptPages;
  readonly #unwritten: UnwrittenFrames;
  readonly #hosts: FrameHosts;
  readonly #news: NewsSinceVisits;

  constructor(
    @Inject(Pages) pages: Pages,
    @Inject(ThreadScreens) threads: ThreadScreens,
    @Inject(Frames) frames: Frames,
    @Inject(KeptPages) kept: KeptPages,
    @Inject(UnwrittenFrames) unwritten: UnwrittenFrames,
    @Inject(FrameHosts) hosts: FrameHosts,
    @Inject(NewsSinceVisits) news: NewsSinceVisits,
  ) {
    this.#hosts = hosts;
    this.#news = news;
    this.#pages = pages;
    this.#threads = threads;
    this.#frames = frames;
    this.#kept = kept;
    this.#unwritten = unwritten;
  }

  /** A refusal is told in the frame, since a page of the forum cannot be shown there. Throws DomainError of a cursor. */
  async send(given: FrameAddress, wish: ThreadWish, exchange: Exchange): Promise<void> {
    const { principal, sessionRefusal } = exchange.request;
    const isNobodys = given.as === '' || sessionRefusal?.code === 'someone_else';
    const as = principal?.memberId ?? (isNobodys ? '' : null);
    const address = { ...given, site: framedOf(exchange.request)?.site ?? null, as };
    const frame = this.#frames.of(exchange.request, wish.here);
    try {
      const post = await this.#pages.find(address, principal);
      const isWritten = post.revision > 0;
      const shown = isWritten ? { ...address, title: '' } : address;
      const isAlone = standsAlone(exchange.request.headers);
      // Only what has comments is kept, by its one address, so that invented ones crowd nothing out.
      const isAnyones = as === null && sessionRefusal === null && !isAlone;
      const isKept = isWritten && isPlain(wish) && address.url === post.url && isAnyones;
      const key = isKept ? sharedKey(frame, threadHref(placed(wish, address))) : null;
      if (!isWritten && isAnyones && isSharedBy(frame, wish))
        return await this.#sendUnwritten(post, { address, wish, frame }, exchange);
      const make = (): Promise<MadePage> => this.#made(shown, placed(wish, shown), { frame, exchange });
      if (key !== null) return await this.#kept.send(key, make, exchange);
      const { page, headers = {} } = await make();
      await this.#sendFramed(page, { ...exchange, headers, status: wish.status ?? 200 });
    } catch (error) {
      await this.refuse(error, { address: given, text: '' }, exchange);
    }
  }

  /** A refusal of the page itself, with the text that was sent from it. Throws any other error again. */
  async refuse(error: unknown, { address, text }: Refused, exchange: Exchange): Promise<void> {
    if (!(error instanceof DomainError) || !TOLD.has(error.code)) throw error;
    const isUnnamed = error.code === 'foreign_origin';
    const hosts = isUnnamed ? this.#hosts.unnamed(address) : this.#hosts.asked(address);
    const headers = this.#hosts.headers(exchange.reply, hosts);
    const unnamed = isUnnamed ? (URL.parse(address.url)?.host ?? null) : null;
    const frame = this.#frames.of(exchange.request, framePath(address));
    const refused = h(RefusedFrame, { frame, hosts, address, unnamed, text });
    await this.#sendFramed(refused, { ...exchange, headers, status: error.status });
  }

  async #made(
    address: FrameAddress,
    wish: ThreadWish,
    { frame, exchange: { request, reply } }: { readonly frame: Frame; readonly exchange: Exchange },
  ): Promise<MadePage> {
    const post = await this.#pages.find(address, request.principal);
    const { shows, until, ...discussion } = await this.#threads.discussionOn(post, { wish, frame, request });
    const asked = { post, frame, wish, request };
    const isWritten = post.revision > 0;
    const news = isWritten ? await this.#news.inFrame(asked, BigInt(discussion.position), framePath(address)) : null;
    const shown = news === null ? discussion : withUnread(discussion, news);
    const hosts = this.#hosts.of(post, address.site);
    const others = await this.#pages.others(post);
    const refusal = request.sessionRefusal;
    const sso = framedOf(request)?.sso ?? null;
    const isAlone = standsAlone(request.headers);
    const { sent: isSent = false } = wish;
    const path = wish.here === undefined ? null : framePath(address);
    const told = { frame, address, post, hosts, others, shown, news, sso, refusal, isAlone, isSent, path };
    const page = h(EmbedPage, told);
    const made = { page, shows, headers: this.#hosts.headers(reply, hosts) };
    return until === undefined ? made : { ...made, until };
  }

  /** Nothing but its page's name and address is its own. */
  async #sendUnwritten(
    post: Post,
    { address, wish, frame }: { readonly address: FrameAddress; readonly wish: ThreadWish; readonly frame: Frame },
    exchange: Exchange,
  ): Promise<void> {
    const { request } = exchange;
    const hosts = this.#hosts.of(post, address.site);
    const key = `${frame.translator.locale} ${frame.now} ${wish.sort} ${hosts.join(' ')}`;
    const html = await this.#unwritten.html(key, { address, post }, async (marked, named) => {
      const {
        shows: _,
        until: _end,
        ...shown
      } = await this.#threads.discussionOn(named, { wish: placed(wish, marked), frame, request });
      return render(
        h(EmbedPage, {
          frame,
          address: marked,
          post: named,
          hosts,
          others: [],
          shown,
          news: null,
          sso: null,
          refusal: null,
          isAlone: false,
          isSent: false,
          path: null,
        }),
      );
    });
    putHeaders(exchange.reply, this.#hosts.headers(exchange.reply, hosts));
    await sendHtml(html, exchange);
  }

  async #sendFramed(
    page: MadePage['page'],
    { headers, status, ...exchange }: Exchange & Required<Pick<MadePage, 'headers'>> & { readonly status: number },
  ): Promise<void> {
    putHeaders(exchange.reply, headers);
    await sendPage(page, { ...exchange, status });
  }
}

type Discussion = EmbedPageProps['shown'];

function withUnread(shown: Discussion, { unread }: News): Discussion {
  return { ...shown, thread: { ...shown.thread, state: { ...shown.thread.state, unread: new Set(unread) } } };
}

/** Of the session in the frame, whose member may be banned since. */
function framedOf({ principal, sessionRefusal }: FastifyRequest): Framed | undefined {
  return (principal ?? (sessionRefusal instanceof Banned ? sessionRefusal : null))?.framed;
}

/** Whether the frame of a page without comments is the same for all pages and readers, but for the page's name and address. */
function isSharedBy({ member, demo, reads }: Frame, wish: ThreadWish): boolean {
  return member === null && !demo && reads === null && isPlain(wish) && wish.cursor === null;
}

/** The wish, in the frame of this address. */
function placed(
  wish: ThreadWish,
  address: FrameAddress,
): ThreadWish & { readonly post: { slug: string; frame: string } } {
  const frame = framePath(address);
  return { ...wish, frame, post: { slug: '', frame } };
}

/** What a reader of another site's page can do nothing about. */
const TOLD: ReadonlySet<string> = new Set(['invalid', 'foreign_origin', 'post_not_found']);
