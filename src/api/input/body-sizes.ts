import {
  MOST_COMPARED_CHARACTERS,
  MOST_POLICY_CHARACTERS,
  MOST_POLICY_WORDS,
  MOST_TAGS,
  PASSWORD_LIMITS,
  SITE_PAGES,
  TEXT_LIMITS,
} from '../../../libs/words/index.ts';

/** The longest body, and live frame, without a long text, in bytes. */
export const BODY_LIMIT = 64 * 1024;

/** The most bytes of one character: two JSON escapes, `\ud83d\ude00`, or four of a form, `%F0%9F%98%80`. */
const BYTES_A_CHARACTER = 12;
/** A comment that is too long by this factor is still read, in whatever encoding, so that the answer names its field. */
const TIMES_AS_LONG = 2;
/** Bytes for the other fields and the frame. */
const REST_BYTES = 4 * 1024;

/** The longest body in bytes with texts of so many characters in all, in whatever script; never less than BODY_LIMIT. */
export function bytesFor(mostCharacters: number): number {
  return Math.max(BODY_LIMIT, BYTES_A_CHARACTER * mostCharacters + REST_BYTES);
}

/** The same of a comment, for bodies and live frames. */
export function commentBytes(mostCharacters: number): number {
  return bytesFor(TIMES_AS_LONG * mostCharacters);
}

const { title, postBody, excerpt, tag, appeal, login, sitePage } = TEXT_LIMITS;

const MOST_OF_A_POST = title.max + postBody.max + excerpt.max + MOST_TAGS * tag.max;
export const POST_BODY_LIMIT = bytesFor(MOST_OF_A_POST);
/** The form brings back the text that its translator read, too. */
const TRANSLATION_FORM_LIMIT = bytesFor(MOST_OF_A_POST + MOST_COMPARED_CHARACTERS);
/** Each entry of a list has a line, whose end a form sends as two characters. */
export const POLICY_BODY_LIMIT = bytesFor(MOST_POLICY_CHARACTERS + 2 * MOST_POLICY_WORDS);
/** Somebody who is banned signs it by name and password. */
const APPEAL_BODY_LIMIT = bytesFor(appeal.max + login.max + PASSWORD_LIMITS.max);
const SITE_BODY_LIMIT = bytesFor(SITE_PAGES.length * sitePage.max);
/** The one field that a mail program sends (RFC 8058), with its frame. */
const LEAVE_BODY_LIMIT = 4 * 1024;
/** A form with a picture or two; its texts alone are less. */
export const FILE_BODY_LIMIT = 5 * 1024 * 1024;

/** The routes with comments, whose length the forum sets. */
const COMMENT_BODIES: ReadonlySet<string> = new Set([
  'POST /api/v1/posts/:id/comments',
  'PATCH /api/v1/comments/:id',
  'POST /api/v1/comments/:id/translations',
  'POST /api/v1/previews',
  'PUT /api/v1/members/me/drafts',
  'POST /posts/:slug/comments',
  'POST /comments/:id/edit',
  'POST /comments/:id/translations',
  'POST /embed/comments',
  'POST /images/new',
]);

/** All other routes with longer or shorter bodies than usual. */
const OTHER_BODIES: ReadonlyMap<string, number> = new Map([
  ['POST /api/v1/posts', POST_BODY_LIMIT],
  ['PATCH /api/v1/posts/:id', POST_BODY_LIMIT],
  ['PUT /api/v1/post-drafts/:id', POST_BODY_LIMIT],
  ['POST /api/v1/post-previews', POST_BODY_LIMIT],
  ['POST /api/v1/posts/:id/translations', POST_BODY_LIMIT],
  ['POST /write', POST_BODY_LIMIT],
  ['POST /posts/:slug/edit', POST_BODY_LIMIT],
  ['POST /posts/:slug/translations', TRANSLATION_FORM_LIMIT],
  ['PUT /api/v1/moderation/policy', POLICY_BODY_LIMIT],
  ['POST /api/v1/moderation/policy/simulations', POLICY_BODY_LIMIT],
  ['POST /moderation/policy', POLICY_BODY_LIMIT],
  ['POST /moderation/policy/rehearsals', POLICY_BODY_LIMIT],
  ['POST /api/v1/appeals', APPEAL_BODY_LIMIT],
  ['POST /appeal', APPEAL_BODY_LIMIT],
  ['PATCH /api/v1/site', SITE_BODY_LIMIT],
  ['POST /admin/settings', FILE_BODY_LIMIT],
  ['POST /leave/:token', LEAVE_BODY_LIMIT],
]);

/** The longest body of a route in bytes; `mostCharacters` are those of a comment. */
export function bodyLimitOf(route: string, mostCharacters: number): number {
  if (COMMENT_BODIES.has(route)) return commentBytes(mostCharacters);
  return OTHER_BODIES.get(route) ?? BODY_LIMIT;
}
