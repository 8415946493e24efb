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

/** Of all kept pages together, as HTML; what is compressed of them is about a seventh more. */
const MOST_BYTES = 24 * 1024 * 1024;

/** Under which a page is kept, and the minute in which it tells the time: another one in each. */
export interface PageKey {
  readonly name: string;
  readonly now: number;
}

/**
 * Of the page at this path (with its query) when it is the same for everybody without an account; null for a member, in the
 * demo, and for an address that is spelled otherwise or asks for more.
 */
export function sharedKey({ member, demo, here, now, translator }: Frame, path: string): PageKey | null {
  return member === null && !demo && here === path ? { name: `${translator.locale} ${path}`, now } : null;
}

/** A page for all readers without an account. */
export interface MadePage {
  readonly page: JSX.Element;
  readonly shows: readonly Shown[];
  /** Milliseconds since 1970 from which on it is another one, though nothing is recorded then: a scheduled post is out. */
  readonly until?: number;
}

interface Kept {
  readonly html: Buffer;
  /** Of the HTML, for entity tags. */
  readonly tag: string;
  /** Milliseconds since 1970 from which on it is not shown any more. */
  readonly until: number;
}

/**
 * Pages as everybody without an account gets them, made once: until something that they show changes, or the minute is over
 * in which they tell the time. Nothing of any member is ever on them.
 */
@Injectable()
export class KeptPages implements OnModuleDestroy {
  readonly #compressed = new CompressedOnce();
  readonly #kept: UntilChanged<Kept>;
  #answered = 0;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ html }) => html.length });
  }

  /** Answers and pages since the start, and bytes of what is kept now. */
  get state(): { readonly answered: number; readonly made: number; readonly bytes: number } {
    return { answered: this.#answered, ...this.#kept.state };
  }

  /**
   * Sends the page of this key; whoever has it already is told so (RFC 9110, 13.1.2). Throws what `make` throws, and keeps
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
