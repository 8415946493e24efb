import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { askingOf } from '../../access/asking.ts';
import { viewerOf } from '../../access/principal.ts';
import { Previewing } from '../../acts/previewing.ts';
import { GetComment } from '../../views/thread/thread.query-types.ts';
import { Frames } from '../shell/frames.ts';
import { textIn } from '../shell/paths.ts';
import { nameOf } from './parts/comment-head.tsx';
import type { Refused } from './parts/context.ts';
import { quotation } from './parts/quotation.ts';

interface Typed {
  readonly parentId: string | null;
  readonly body: string;
}

/** The buttons of a form that give it back with its text: a preview, or the answered comment as a quotation. */
@Injectable()
export class PlainPreviews {
  readonly #previewing: Previewing;
  readonly #queries: QueryBus;
  readonly #frames: Frames;

  constructor(
    @Inject(Previewing) previewing: Previewing,
    @Inject(QueryBus) queries: QueryBus,
    @Inject(Frames) frames: Frames,
  ) {
    this.#previewing = previewing;
    this.#queries = queries;
    this.#frames = frames;
  }

  /** Null where the comment itself is to be posted. Throws DomainError of previews and of comments that are not found. */
  async of(
    form: unknown,
    { parentId, body }: Typed,
    request: FastifyRequest,
  ): Promise<Pick<Refused, 'text' | 'previewHtml'> | null> {
    if (textIn(form, 'quote') !== '' && parentId !== null)
      return { text: await this.#quoting(parentId, body, request) };
    if (textIn(form, 'preview') === '') return null;
    const { bodyHtml } = await this.#previewing.preview(body, request.principal, askingOf(request));
    return { text: body, previewHtml: bodyHtml };
  }

  async #quoting(commentId: string, body: string, request: FastifyRequest): Promise<string> {
    const comment = await this.#queries.execute(new GetComment(commentId, viewerOf(request.principal)));
    if (comment.body === null) return body;
    const name = nameOf(comment, this.#frames.of(request).translator);
    const before = body.trim() === '' ? '' : `${body.trimEnd()}\n\n`;
    return before + quotation({ commentId, name, text: comment.body });
  }
}
