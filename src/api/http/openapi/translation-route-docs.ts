import {
  CommentTranslationBody,
  PostTranslationBody,
  TranslationDismissalBody,
  TranslationRemovalBody,
  TranslationReportBody,
  TranslationSeenQuery,
  TranslationsQuery,
} from '../dto/translations.ts';
import type { DocsOf, ProgramRoute } from './route-doc.ts';

type TranslationRoute = Extract<ProgramRoute, `${string}/translations` | `${string}/translations/${string}`>;

/** The purpose, input and answers of the routes about translations. */
export const TRANSLATION_ROUTE_DOCS: DocsOf<TranslationRoute> = {
  'GET /api/v1/comments/:id/translations': {
    tag: 'comments',
    summary:
      'The translations of a comment, the newest in each language, as long as they fit an answer; none of what readers do not read',
    query: TranslationsQuery,
    status: 200,
    refusals: ['comment_not_found'],
  },
  'POST /api/v1/comments/:id/translations': {
    tag: 'comments',
    summary:
      'Translate a comment, where the site lets the member; another translation in the language takes its place. Words of the translator that a moderator removed are `forbidden`. A problem of an older revision tells both texts in `source`',
    body: CommentTranslationBody,
    status: 201,
    refusals: ['comment_not_found', 'comment_removed', 'erased', 'stale_revision', 'too_many_edits', 'conflict'],
  },
  'GET /api/v1/posts/:id/translations': {
    tag: 'posts',
    summary:
      'The translations of a post, the newest in each language, as long as they fit an answer; none of what readers do not read',
    query: TranslationsQuery,
    status: 200,
    refusals: ['post_not_found'],
  },
  'POST /api/v1/posts/:id/translations': {
    tag: 'posts',
    summary:
      'Translate a post with its title, where the site lets the member; another translation in the language takes its place. Words of the translator that a moderator removed are `forbidden`. A problem of an older revision tells the newest text in `source`',
    body: PostTranslationBody,
    status: 201,
    refusals: ['post_not_found', 'post_withdrawn', 'discussion_closed', 'stale_revision', 'too_many_edits', 'conflict'],
  },
  'DELETE /api/v1/translations/:id': {
    tag: 'comments',
    summary:
      'Take the own translation of a comment or post back, with all its texts; or one of the own comment or post, once that was changed since; with a `revision`, that text of it and no other',
    query: TranslationSeenQuery,
    status: 204,
    forms: [],
    refusals: ['not_found', 'forbidden', 'stale_revision'],
  },
  'POST /api/v1/translations/:id/removal': {
    tag: 'moderation',
    summary:
      'Remove a translation for a reason, which the moderation log tells, with a `statement` that its translator is told too; with a `revision`, that text of it and no other',
    body: TranslationRemovalBody,
    status: 204,
    forms: [],
    refusals: ['not_found', 'stale_revision'],
  },
  'POST /api/v1/translations/:id/reports': {
    tag: 'moderation',
    summary:
      'Report a translation to the moderators; the same again is answered as it was recorded, another one refused',
    body: TranslationReportBody,
    status: 201,
    refusals: [
      'not_found',
      'comment_not_found',
      'comment_removed',
      'erased',
      'post_not_found',
      'post_withdrawn',
      'forbidden',
      'conflict',
      'suspended',
    ],
  },
  'GET /api/v1/moderation/translations': {
    tag: 'moderation',
    summary: 'Translations that members reported, those that wait longest first, each with its original',
    status: 200,
    refusals: [],
  },
  'POST /api/v1/moderation/translations/:id/dismissal': {
    tag: 'moderation',
    summary: 'Keep a translation as it was seen: its reports are dismissed; the removal of one answers them too',
    body: TranslationDismissalBody,
    status: 204,
    forms: [],
    refusals: ['not_found', 'forbidden', 'stale_revision'],
  },
};
