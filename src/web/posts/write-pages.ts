import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Post, PostDraft } from '../../../libs/client/index.ts';
import { ListTags } from '../../views/post-list/post-list.query-types.ts';
import { CompareTexts } from '../../views/shelf/post-drafts.query-types.ts';
import type { FieldErrors } from '../shell/fields.tsx';
import { Frames } from '../shell/frames.ts';
import { sendPage } from '../shell/send-page.ts';
import type { Typed } from '../shell/typed.ts';
import type { Conflict } from './conflict.tsx';
import { WritePage } from './write-page.tsx';

/** The most tags that complete what is typed. */
const MOST_KNOWN_TAGS = 300;

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export interface ShownPost {
  readonly typed: Typed;
  /** The edited post; null for a new one. */
  readonly post: Post | null;
  readonly errors?: FieldErrors;
  readonly kept?: PostDraft | null;
  readonly conflict?: Conflict;
  readonly isDone?: boolean;
  readonly previewHtml?: string;
  readonly status?: number;
}

export function writePath(postId: string): string {
  return `/write/${postId}`;
}

export function editPath({ slug }: Pick<Post, 'slug'>): string {
  return `/posts/${encodeURIComponent(slug)}/edit`;
}

/** Makes the pages on which editors write. */
@Injectable()
export class WritePages {
  readonly #frames: Frames;
  readonly #queries: QueryBus;

  constructor(@Inject(Frames) frames: Frames, @Inject(QueryBus) queries: QueryBus) {
    this.#frames = frames;
    this.#queries = queries;
  }

  async send(shown: ShownPost, { request, reply }: Exchange): Promise<void> {
    const { typed, post, kept = null, errors = {}, conflict = null, isDone = false, previewHtml = null } = shown;
    const isKept = post === null && (typed['over'] ?? '') !== '';
    const path = isKept ? writePath(typed['id'] ?? '') : '/write';
    const frame = this.#frames.of(request, post === null ? path : editPath(post));
    const page = h(WritePage, {
      ...{ frame, typed, errors, post, conflict, isDone },
      kept: kept && { by: kept.editor?.displayName ?? null, at: kept.keptAt },
      previewHtml,
      isTyped: request.method === 'POST',
      tags: await this.#queries.execute(new ListTags(new Date().toISOString(), MOST_KNOWN_TAGS)),
    });
    await sendPage(page, { request, reply, status: shown.status ?? 200 });
  }

  /** Shows the sent text beside theirs; whoever sends it again has seen both. Null for theirs that is gone: the text is sent again as it is. */
  async sendConflict(shown: ShownPost, theirs: PostDraft | Post | null, exchange: Exchange): Promise<void> {
    const { typed } = shown;
    if (theirs === null) return this.send({ ...shown, typed: { ...typed, over: '' }, status: 409 }, exchange);
    const own = typed['body'] ?? '';
    const isDraft = 'position' in theirs;
    const texts = { before: theirs.body, after: own };
    const key = createHash('sha256').update(JSON.stringify(texts)).digest('base64');
    const conflict: Conflict = {
      with: isDraft ? 'draft' : 'post',
      by: isDraft ? (theirs.editor?.displayName ?? null) : null,
      at: isDraft ? theirs.keptAt : (theirs.editedAt ?? theirs.publishedAt),
      title: theirs.title,
      diff: await this.#queries.execute(new CompareTexts(key, texts)),
    };
    const seen = isDraft ? { over: theirs.position } : { revision: String(theirs.revision) };
    await this.send({ ...shown, typed: { ...typed, ...seen }, conflict, status: 409 }, exchange);
  }
}
