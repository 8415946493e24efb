import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { render } from 'preact-render-to-string';
import { CompressedOnce, entityTag, isAmong } from '../../../libs/compression/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { Shown } from '../../views/shown.ts';
import { type Made, UntilChanged } from '../../views/until-changed.ts';
import type { Frame } from './frame.ts';

/** The bytes of all kept pages together, as HTML; their compressed forms add about a seventh. */
const MOST_BYTES = 24 * 1024 * 1024;

/** The key of a kept page, and the minute in which it tells the time; each minute has another one. */
export interface PageKey {
  readonly name: string;
  readonly now: number;
}

/**
 * The key of the page at this path (with its query) when it is the same for everybody without an account. Null for a
 * member, in the demo, and for an address that is spelled otherwise or asks for more.
 */
export function sharedKey({ member, demo, here, now, translator }: Frame, path: string): PageKey | null {
  return member === null && !demo && here === path ? { name: `${translator.locale} ${path}`, now } : null;
}

/** A page for all readers without an account. */
export interface MadePage {
  readonly page: JSX.Element;
  readonly shows: readonly Shown[];
  /** Milliseconds since 1970 at which it changes though nothing is recorded then: a scheduled post is published. */
  readonly until?: number;
}

interface Kept {
  readonly html: Buffer;
  /** The tag of the HTML, for entity tags. */
  readonly tag: string;
  /** Milliseconds since 1970 until which it is shown. */
  readonly until: number;
}

/**
 * Pages for everybody without an account, made once and kept until something that they show changes, or their minute is
 * over. Nothing of any member is ever on them.
 */
@Injectable()
export class KeptPages implements OnModuleDestroy {
  readonly #compressed = new CompressedOnce();
  readonly #kept: UntilChanged<Kept>;
  #answered = 0;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ html }) => html.length });
  }

  /** The answers and the pages made since the start, and the bytes kept now. */
  get state(): { readonly answered: number; readonly made: number; readonly bytes: number } {
    return { answered: this.#answered, ...this.#kept.state };
  }

  /**
   * Sends the page of this key; a client that has it gets 304 (RFC 9110, 13.1.2). Throws the error of `make`, and keeps
   * nothing then.
   */
  async send(
    { name, now }: PageKey,
    make: () => Promise<MadePage>,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const key = `${now} ${name}`;
    const standing = this.#kept.standing(key);
    const isOfNow = standing !== undefined && Date.now() < standing.until;
    const { html, tag } = isOfNow ? standing : await this.#kept.make(key, async () => keptOf(await make()));
    const { bytes, coding } = await this.#compressed.for(html, request.headers['accept-encoding']);
    this.#answered += 1;
    const etag = entityTag(tag, coding);
    reply.header('cache-control', 'no-cache').header('vary', 'Accept-Encoding, Accept-Language, Cookie');
    reply.header('etag', etag);
    if (isAmong(request.headers['if-none-match'], etag)) {
      reply.code(304).send();
      return;
    }
    if (coding !== null) reply.header('content-encoding', coding);
    reply.code(200).header('content-type', 'text/html; charset=utf-8').send(bytes);
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }
}

function keptOf({ page, shows, until = Number.POSITIVE_INFINITY }: MadePage): Made<Kept> {
  const html = Buffer.from(`<!doctype html>${render(page)}`);
  const tag = createHash('sha256').update(html).digest('base64url').slice(0, 22);
  return { value: { html, tag, until }, shows };
}
