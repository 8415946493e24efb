import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { type Coded, CompressedOnce, codingFor, entityTag, isAmong } from '../../../libs/compression/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import type { KeptAnswer, KeptWish } from '../../access/kept-answers.ts';
import { mayCarrySession } from '../../access/sign-in/session-cookie.ts';
import type { Shown } from '../../views/shown.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { type Made, UntilChanged } from '../../views/until-changed.ts';
import { putHeaders } from '../shell/kept-pages.ts';

const MOST_BYTES = 16 * 1024 * 1024;
/** The files whose last change is remembered after they were dropped. */
const MOST_REMEMBERED = 10_000;

/** A file for programs, which is the same for everybody whoever asks. */
export interface ProgramFile {
  readonly text: string;
  /** Without its charset. */
  readonly type: string;
  readonly shows: readonly Shown[];
  /** Milliseconds since 1970 at which it changes though nothing is recorded then. */
  readonly until?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

interface KeptForm {
  readonly etag: string;
  readonly whole: KeptAnswer;
  readonly unchanged: KeptAnswer;
}

interface Kept {
  readonly bytes: Buffer;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For Last-Modified; null where it would not tell these contents from others of the same second. */
  readonly since: string | null;
  readonly until: number;
  readonly route: string;
  readonly forms: Map<Coded['coding'], KeptForm>;
}

/** The contents that a file had last, and since when (milliseconds since 1970). */
interface Remembered {
  readonly tag: string;
  readonly at: number;
  readonly since: string | null;
}

/** Files for programs, made once and kept until something that they show changes. */
@Injectable()
export class KeptFiles implements OnModuleDestroy {
  readonly #compressed = new CompressedOnce();
  readonly #kept: UntilChanged<Kept>;
  readonly #remembered = new LRUCache<string, Remembered>({ max: MOST_REMEMBERED });
  readonly #stop: () => void;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>, @Inject(SITE) site: Pick<SiteInMemory, 'onChanged'>) {
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ bytes }) => bytes.length });
    this.#stop = site.onChanged(() => this.clear());
  }

  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  /** The answer that is there already. Undefined when it must be asked for, and where a session may have to be told of. */
  standing({ method, url = '', headers }: KeptWish): KeptAnswer | undefined {
    const kept = this.#kept.standing(url);
    if (kept === undefined || method !== 'GET' || Date.now() >= kept.until) return undefined;
    if (headers.authorization !== undefined || headers['colloquy-after'] !== undefined) return undefined;
    if (mayCarrySession(headers.cookie)) return undefined;
    const form = kept.forms.get(codingFor(kept.bytes, headers['accept-encoding']));
    return form && answerTo(headers, form, kept);
  }

  /** Sends the file of the request's path, whatever its query. Throws the error of `make`, and keeps nothing then. */
  async send(
    make: () => Promise<ProgramFile>,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<void> {
    const [path = ''] = request.url.split('?');
    const { url: route = path } = request.routeOptions;
    const standing = this.#kept.standing(path);
    const isGood = standing !== undefined && Date.now() < standing.until;
    const kept = isGood ? standing : await this.#kept.make(path, async () => this.#keep(await make(), { path, route }));
    const form = await this.#form(kept, request.headers['accept-encoding']);
    const answer = answerTo(request.headers, form, kept);
    putHeaders(reply, answer.headers)
      .code(answer.status)
      .send(answer.bytes ?? undefined);
  }

  #keep(
    { text, type, shows, until = Number.POSITIVE_INFINITY, headers = {} }: ProgramFile,
    { path, route }: { readonly path: string; readonly route: string },
  ): Made<Kept> {
    const bytes = Buffer.from(text);
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    const before = this.#remembered.get(path);
    const now = before?.tag === tag ? before : { tag, ...since(Date.now(), before?.at) };
    this.#remembered.set(path, now);
    const own = { ...headers, 'content-type': `${type}; charset=utf-8` };
    return { value: { bytes, tag, headers: own, since: now.since, until, route, forms: new Map() }, shows };
  }

  async #form(kept: Kept, acceptEncoding: string | undefined): Promise<KeptForm> {
    const known = kept.forms.get(codingFor(kept.bytes, acceptEncoding));
    if (known !== undefined) return known;
    const coded = await this.#compressed.for(kept.bytes, acceptEncoding);
    const form = formOf(coded, kept);
    kept.forms.set(coded.coding, form);
    return form;
  }

  /** Forgets all of them; when each has changed last is remembered. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#stop();
    this.#kept.close();
  }
}

/** HTTP tells times in seconds: contents that follow others within one are told by their entity tag alone. */
function since(at: number, before: number | undefined): Pick<Remembered, 'at' | 'since'> {
  const isTold = before === undefined || Math.floor(before / 1000) < Math.floor(at / 1000);
  return { at, since: isTold ? new Date(at).toUTCString() : null };
}

/**
 * The date is compared as it was sent, and only without an entity tag (RFC 9110, 13.1.3): nodes of one forum make a file
 * at different moments, so that an earlier date says nothing.
 */
function answerTo(headers: FastifyRequest['headers'], form: KeptForm, { since }: Kept): KeptAnswer {
  const { 'if-none-match': tags, 'if-modified-since': date } = headers;
  const has = tags === undefined ? since !== null && date === since : isAmong(tags, form.etag);
  return has ? form.unchanged : form.whole;
}

function formOf({ bytes, coding }: Coded, { tag, route, since, headers: own }: Kept): KeptForm {
  const etag = entityTag(tag, coding);
  const dated = since === null ? {} : { 'last-modified': since };
  const { 'content-type': type = '', ...rest } = own;
  const common = { ...rest, ...dated, 'cache-control': 'no-cache', vary: 'Accept-Encoding', etag };
  const encoding = coding === null ? {} : { 'content-encoding': coding };
  return {
    etag,
    whole: { status: 200, route, headers: { ...common, ...encoding, 'content-type': type }, bytes },
    unchanged: { status: 304, route, headers: common, bytes: null },
  };
}
