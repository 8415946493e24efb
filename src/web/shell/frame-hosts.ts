import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Post } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { Pages } from '../../acts/pages.ts';
import type { FrameAddress } from './frame-address.ts';

/** Nothing in it ends a directive of a policy. */
const AN_ORIGIN = /^https?:\/\/[a-z0-9.-]+(:[0-9]+)?$/;

/** Which pages of other sites may show a frame, and the headers that say so. */
@Injectable()
export class FrameHosts {
  readonly #pages: Pages;

  constructor(@Inject(Pages) pages: Pages) {
    this.#pages = pages;
  }

  /** Of the frame with this discussion. What is shown by a frame's session is for the pages of its own site alone. */
  of({ url = '' }: Pick<Post, 'url'>, site: string | null = null): readonly string[] {
    return site === null ? this.#pages.hostsOf(url) : [site];
  }

  /** Of a frame without a discussion: those of the page that was asked for, as far as it is allowed; nobody is told which others are. */
  asked({ url }: Pick<FrameAddress, 'url'>): readonly string[] {
    try {
      return this.of(this.#pages.address(url));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const origin = URL.parse(url)?.origin;
      return origin !== undefined && this.#pages.allows(origin) ? [origin] : [];
    }
  }

  /**
   * Of a frame on a site that is not named, and does as if it were: it tells that, and nothing else, to the page that says that
   * it is around it.
   */
  unnamed({ site }: Pick<FrameAddress, 'site'>): readonly string[] {
    return site !== null && AN_ORIGIN.test(site) && !this.#pages.allows(site) ? [site] : [];
  }

  /** Only pages of these origins show the frame, and only where each page around them is of one. */
  headers(reply: FastifyReply, hosts: readonly string[]): Readonly<Record<string, string>> {
    const policy = String(reply.getHeader('content-security-policy'));
    if (hosts.length === 0) return {};
    return {
      'content-security-policy': policy.replace("frame-ancestors 'none'", `frame-ancestors ${hosts.join(' ')}`),
      'x-frame-options': '',
    };
  }
}
