import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { isUuid } from '../../../../libs/kernel/index.ts';
import { LOG_KINDS } from '../../../../libs/words/index.ts';
import { GetMemberByHandle } from '../../../views/members/members.query-types.ts';
import type { LogFilter } from '../../../views/moderation-log/log.query-types.ts';
import { GetPost } from '../../../views/post-list/post-list.query-types.ts';
import type { Viewer } from '../../../views/viewer.ts';
import type { FieldErrors } from '../../shell/fields.tsx';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';
import { textIn } from '../../shell/paths.ts';
import { dayIn, periodOf } from '../days.ts';
import { siteIn } from '../site-choice.ts';

export const LOG_FIELDS = ['actor', 'member', 'kind', 'from', 'to', 'comment', 'post', 'site', 'cause'] as const;
/** The filters as typed, or as they stand in the address. */
export type LogFields = Readonly<Record<(typeof LOG_FIELDS)[number], string>>;

export interface ReadFilter {
  readonly fields: LogFields;
  /** The filter without its wrong fields. */
  readonly filter: LogFilter;
  readonly errors: FieldErrors;
}

/** An id, alone or out of a comment's address. */
export const COMMENT_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The filters of the moderation log in people's form: handles, days, and addresses copied from the browser. */
@Injectable()
export class LogFilters {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  async read(query: unknown, viewer: Viewer, { t }: Translator): Promise<ReadFilter> {
    const field = (name: string): string => textIn(query, name).trim();
    const fields: LogFields = {
      actor: field('actor'),
      member: field('member'),
      kind: field('kind'),
      from: field('from'),
      to: field('to'),
      comment: field('comment'),
      post: field('post'),
      site: siteIn(query) ?? '',
      cause: field('cause'),
    };
    const errors: Record<string, string> = {};
    const wrong = (name: keyof LogFields, key: MessageKey): null => {
      errors[name] = t(key);
      return null;
    };
    const [actor, member, postId] = await Promise.all([
      this.#memberId(fields.actor),
      this.#memberId(fields.member),
      this.#postId(fields.post, viewer),
    ]);
    const period = periodOf(dayIn(fields.from), dayIn(fields.to));
    for (const name of ['from', 'to'] as const)
      if (fields[name] !== '' && period[name] === null) wrong(name, 'rehearse.day');
    const found = {
      actor: actor ?? (fields.actor === '' ? null : wrong('actor', 'modlog.noMember')),
      member: member ?? (fields.member === '' ? null : wrong('member', 'modlog.noMember')),
      kind: oneOf(LOG_KINDS, fields.kind) ?? null,
      commentId:
        COMMENT_ID.exec(fields.comment)?.[0] ?? (fields.comment === '' ? null : wrong('comment', 'modlog.noComment')),
      postId: postId ?? (fields.post === '' ? null : wrong('post', 'modlog.noPost')),
      site: fields.site || null,
      cause: isUuid(fields.cause) ? fields.cause : null,
      ...period,
    };
    return { fields, filter: withoutNulls(found), errors };
  }

  /** `policy` names the rules themselves. */
  async #memberId(handle: string): Promise<string | null> {
    if (handle === '' || handle === 'policy') return handle || null;
    const found = await this.#queries.execute(new GetMemberByHandle(handle.replace(/^@/, ''))).catch(() => null);
    return found?.id ?? null;
  }

  /** By slug, id, or the address of the post's page. */
  async #postId(text: string, viewer: Viewer): Promise<string | null> {
    const slug = /^[^?#]*\/posts\/([^/?#]+)/.exec(text)?.[1] ?? text;
    if (slug === '') return null;
    const wish = new GetPost(decoded(slug), viewer, new Date().toISOString());
    return (await this.#queries.execute(wish).catch(() => null))?.id ?? null;
  }
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

type NotNull<Fields> = { readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> };

function withoutNulls(found: { readonly [Name in keyof LogFilter]-?: LogFilter[Name] | null }): NotNull<LogFilter> {
  return {
    ...(found.actor == null ? {} : { actor: found.actor }),
    ...(found.member == null ? {} : { member: found.member }),
    ...(found.kind == null ? {} : { kind: found.kind }),
    ...(found.commentId == null ? {} : { commentId: found.commentId }),
    ...(found.postId == null ? {} : { postId: found.postId }),
    ...(found.site == null ? {} : { site: found.site }),
    ...(found.cause == null ? {} : { cause: found.cause }),
    ...(found.from == null ? {} : { from: found.from }),
    ...(found.to == null ? {} : { to: found.to }),
  };
}
