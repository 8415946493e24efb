import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { type Coded, CompressedOnce, codingFor, entityTag, isAmong } from '../../../libs/compression/index.ts';
import { remembered } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { KeptAnswer, KeptWish } from '../../access/kept-answers.ts';
import { mayCarrySession } from '../../access/sign-in/session-cookie.ts';
import type { Shown } from '../../views/shown.ts';
import { SITE, type SiteInForce, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { type Made, UntilChanged } from '../../views/until-changed.ts';
import type { Frame } from './frame.ts';
import { FRAME, localeOfFrame, standsAlone, withoutTitle } from './frame-address.ts';
import { languagesKeptAt } from './frame-languages.ts';
import { chosenLocaleIn } from './frames.ts';
import { chooseLocale, type Locale } from './i18n/locales.ts';
import { renderToBytes } from './shared-html.ts';
import { wholeMinute } from './whole-minute.ts';

/** The bytes of all kept pages together, as HTML; their compressed forms add about a seventh. */
const MOST_BYTES = 24 * 1024 * 1024;

const DOCTYPE = Buffer.from('<!doctype html>');

/** The key of a kept page, and the minute in which it tells the time; each minute has another one. */
export interface PageKey {
  readonly name: string;
  readonly now: number;
}

/**
 * The key of the page at this path (with its query) when it is the same for everybody without an account. Null for a
 * member, in the demo, for a reader who reads some languages alone, and for an address that is spelled otherwise or asks for more.
 */
export function sharedKey({ member, demo, here, now, reads, translator }: Frame, path: string): PageKey | null {
  return member === null && !demo && reads === null && here === path
    ? { name: nameOf(translator.locale, path), now }
    : null;
}

function nameOf(locale: string, path: string): string {
  return `${locale} ${withoutTitle(path)}`;
}

/** A page for all readers without an account. */
export interface MadePage {
  readonly page: JSX.Element;
  readonly shows: readonly Shown[];
  /** Milliseconds since 1970 at which it changes though nothing is recorded then: a scheduled post is published. */
  readonly until?: number;
  /** Headers beside those of all pages; an empty one takes that header away. */
  readonly headers?: Readonly<Record<string, string>>;
}

interface Kept {
  readonly html: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** The tag of the HTML, for entity tags. */
  readonly tag: string;
  /** Milliseconds since 1970 until which it is shown. */
  readonly until: number;
  /** The pattern of its address. */
  readonly route: string;
  /** What was sent of it so far, by its coding. */
  readonly forms: Map<Coded['coding'], KeptForm>;
}

/** A page in one coding. */
interface KeptForm {
  readonly etag: string;
  readonly whole: KeptAnswer;
  /** For a client that has it (RFC 9110, 13.1.2). */
  readonly unchanged: KeptAnswer;
}

/** Requests that ask for more than a page that is the same for all. */
const ASKS_FOR_MORE = ['authorization', 'colloquy-after'] as const;

/** The language for each wish, as long as the forum offers the same ones. */
const localesOf = (site: SiteInForce) => remembered((acceptLanguage) => chooseLocale({ acceptLanguage }, site));

type KeptPagesSite = Pick<SiteInMemory, 'now' | 'onChanged'>;

/**
 * Pages for everybody without an account, made once and kept until something that they show changes, or their minute is
 * over. Nothing of any member is ever on them.
 */
@Injectable()
export class KeptPages implements OnModuleDestroy {
  readonly #compressed = new CompressedOnce();
  readonly #kept: UntilChanged<Kept>;
  readonly #site: KeptPagesSite;
  readonly #stop: () => void;
  #offering: SiteInForce;
  #localeFor: (acceptLanguage: string) => Locale;
  #answered = 0;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>, @Inject(SITE) site: KeptPagesSite) {
    this.#site = site;
    this.#offering = site.now();
    this.#localeFor = localesOf(this.#offering);
    // Every page shows the forum's name.
    this.#stop = site.onChanged(() => this.clear());
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ html }) => html.length });
  }

  /** The answers and the pages made since the start, and the bytes kept now. */
  get state(): { readonly answered: number; readonly made: number; readonly bytes: number } {
    return { answered: this.#answered, ...this.#kept.state };
  }

  /**
   * The answer to a reader without an account, when it is there already; undefined when the page must be asked for what
   * it shows.
   */
  standing({ method, url = '', headers, cookies }: KeptWish): KeptAnswer | undefined {
    if (method !== 'GET' || ASKS_FOR_MORE.some((name) => headers[name] !== undefined)) return undefined;
    if (mayCarrySession(headers.cookie) || (url.startsWith(FRAME) && standsAlone(headers))) return undefined;
    if (languagesKeptAt(url, cookies) !== null) return undefined;
    const chosen = chosenLocaleIn(cookies);
    const acceptLanguage = headers['accept-language'] ?? '';
    const site = this.#offered();
    const locale =
      localeOfFrame(url) ??
      (chosen === undefined ? this.#localeFor(acceptLanguage) : chooseLocale({ cookie: chosen, acceptLanguage }, site));
    const now = Date.now();
    const kept = this.#kept.standing(keyOf({ name: nameOf(locale, url), now: wholeMinute(now) }));
    if (kept === undefined || now >= kept.until) return undefined;
    const form = kept.forms.get(codingFor(kept.html, headers['accept-encoding']));
    return form && this.#answer(form, headers);
  }

  /** Sends the page of this key. Throws the error of `make`, and keeps nothing then. */
  async send(
    key: PageKey,
    make: () => Promise<MadePage>,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const { headers, routeOptions } = request;
    const { url: route = request.url } = routeOptions;
    const page = await this.#page(keyOf(key), async () => keptOf(await make(), route));
    const form = await this.#form(page, headers['accept-encoding']);
    const answer = this.#answer(form, headers);
    putHeaders(reply, answer.headers)
      .code(answer.status)
      .send(answer.bytes ?? undefined);
  }

  /** The forum's settings; the remembered languages are those of these settings. */
  #offered(): SiteInForce {
    const site = this.#site.now();
    if (site !== this.#offering) {
      this.#offering = site;
      this.#localeFor = localesOf(site);
    }
    return site;
  }

  #answer({ etag, whole, unchanged }: KeptForm, headers: FastifyRequest['headers']): KeptAnswer {
    this.#answered += 1;
    return isAmong(headers['if-none-match'], etag) ? unchanged : whole;
  }

  async #page(key: string, make: () => Promise<Made<Kept>>): Promise<Kept> {
    const standing = this.#kept.standing(key);
    if (standing !== undefined && Date.now() < standing.until) return standing;
    return this.#kept.make(key, make);
  }

  async #form(page: Kept, acceptEncoding: string | undefined): Promise<KeptForm> {
    const { html, forms } = page;
    const known = forms.get(codingFor(html, acceptEncoding));
    if (known !== undefined) return known;
    const coded = await this.#compressed.for(html, acceptEncoding);
    const form = formOf(coded, page);
    forms.set(coded.coding, form);
    return form;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#stop();
    this.#kept.close();
  }
}

/** An empty header takes the one of all pages away. */
export function putHeaders(reply: FastifyReply, headers: Readonly<Record<string, string>>): FastifyReply {
  for (const [name, value] of Object.entries(headers)) {
    if (value === '') reply.removeHeader(name);
    else reply.header(name, value);
  }
  return reply;
}

function keyOf({ name, now }: PageKey): string {
  return `${now} ${name}`;
}

function keptOf({ page, shows, until = Number.POSITIVE_INFINITY, headers = {} }: MadePage, route: string): Made<Kept> {
  const html = Buffer.concat([DOCTYPE, renderToBytes(page)]);
  const tag = createHash('sha256').update(html).digest('base64url').slice(0, 22);
  return { value: { html, tag, until, route, headers, forms: new Map() }, shows };
}

function formOf({ bytes, coding }: Coded, { tag, route, headers: own }: Kept): KeptForm {
  const etag = entityTag(tag, coding);
  const common = { ...own, 'cache-control': 'no-cache', vary: 'Accept-Encoding, Accept-Language, Cookie', etag };
  const encoding = coding === null ? {} : { 'content-encoding': coding };
  const headers = { ...common, ...encoding, 'content-type': 'text/html; charset=utf-8' };
  return {
    etag,
    whole: { status: 200, route, headers, bytes },
    unchanged: { status: 304, route, headers: common, bytes: null },
  };
}
