import type { Role, StatedLanguage } from '../words/index.ts';
import type { RequestOptions } from './http.ts';
import type { IssueWish } from './issue-shapes.ts';
import type {
  CommentEdit,
  DifferenceOptions,
  DiscussionChange,
  Login,
  MemberChange,
  NewComment,
  NewMember,
  NewPost,
  PostChange,
  PostListOptions,
  SearchWish,
  WishedPage,
} from './requests.ts';
import { ThreadClient } from './thread-client.ts';

/**
 * The forum's REST API, typed. Every call throws ColloquyProblem when the forum says no or cannot be reached, and the
 * signal's reason when the caller gives up. Reads never show less than what this client wrote or saw before.
 *
 *     const forum = new ColloquyClient({ baseUrl: 'https://forum.example' });
 *     await forum.signIn({ login: 'somchai', password });
 *     await forum.postComment(post.id, { id: newId(), body: 'Thank you.' });
 */
export class ColloquyClient extends ThreadClient {
  async register(member: NewMember, options?: RequestOptions) {
    const answer = await this.http.json('POST /api/v1/members', {}, { body: member, ...options });
    return answer.member;
  }

  /** Keeps the session's token for later calls (a browser also has its cookie). */
  async signIn(login: Login, options?: RequestOptions) {
    const session = await this.http.json('POST /api/v1/sessions', {}, { body: login, ...options });
    this.http.token = session.token;
    return session;
  }

  async signOut(options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: '/sessions/current', ...options });
    this.http.token = null;
  }

  me(options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me', {}, options);
  }

  changeMe(change: MemberChange, options?: RequestOptions) {
    return this.http.json('PATCH /api/v1/members/me', {}, { body: change, ...options });
  }

  member(handle: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/:handle', { handle }, options);
  }

  setRoles(memberId: string, roles: readonly Role[], options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/:id/roles', { id: memberId }, { body: { roles }, ...options });
  }

  /** The forum's name, its looks and its rules. */
  site(options?: RequestOptions) {
    return this.http.json('GET /api/v1/site', {}, options);
  }

  posts(list: PostListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts', {}, { query: list, ...options });
  }

  archive(options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/archive', {}, options);
  }

  post(idOrSlug: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:idOrSlug', { idOrSlug }, options);
  }

  publish(post: NewPost, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts', {}, { body: post, ...options });
  }

  /** The discussion of a page of another site, made with its first comment. */
  page(page: WishedPage, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/pages', {}, { body: page, ...options });
  }

  /** How many comments pages of other sites have, 100 of them at most. */
  counts(urls: readonly string[], options?: RequestOptions) {
    return this.http.json('GET /api/v1/counts', {}, { query: { url: urls }, ...options });
  }

  /** The newest comments that everybody can read, whatever they were written on. */
  /** `site` is an origin, or `own` for what was written in the forum itself. */
  recentComments(
    page: { readonly limit?: number; readonly cursor?: string | null; readonly site?: string } = {},
    options?: RequestOptions,
  ) {
    return this.http.json('GET /api/v1/posts/recent-comments', {}, { query: page, ...options });
  }

  /** Posts and comments that everybody can read, by their words; how a search is written stands at the route. A page may be short, or empty, with a `next`: ask until it is null. */
  search(wish: SearchWish, options?: RequestOptions) {
    const { in: kinds, ...rest } = wish;
    const query = { ...rest, ...(kinds && { in: kinds.join(',') }) };
    return this.http.json('GET /api/v1/search', {}, { query, ...options });
  }

  editPost(postId: string, change: PostChange, options?: RequestOptions) {
    return this.http.json('PATCH /api/v1/posts/:id', { id: postId }, { body: change, ...options });
  }

  /** How far an issue of the newsletter is. */
  issue(postId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/issue', { id: postId }, options);
  }

  /** Tests, sends, stops or resumes an issue; one that is being sent already goes on as it does. */
  actOnIssue(postId: string, wish: IssueWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/issue', { id: postId }, { body: wish, ...options });
  }

  bringBackPost(postId: string, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/bring-back', { id: postId }, { body: {}, ...options });
  }

  withdrawPost(postId: string, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/withdraw', { id: postId }, { body: {}, ...options });
  }

  setDiscussion(postId: string, change: DiscussionChange, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/posts/:id/discussion', { id: postId }, { body: change, ...options });
  }

  /** The times of everything that happened in a thread. */
  activity(postId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/activity', { id: postId }, options);
  }

  /** The comments that are new, edited or removed since a moment, or between two. */
  changes(postId: string, between: DifferenceOptions, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/changes', { id: postId }, { query: between, ...options });
  }

  postComment(postId: string, comment: NewComment, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/comments', { id: postId }, { body: comment, ...options });
  }

  comment(commentId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/comments/:id', { id: commentId }, options);
  }

  /** Throws `stale_revision` when somebody edited in between. */
  editComment(commentId: string, edit: CommentEdit, options?: RequestOptions) {
    return this.http.json('PATCH /api/v1/comments/:id', { id: commentId }, { body: edit, ...options });
  }

  /** By the author or a moderator; `und` for another language, or several. */
  setLanguage(commentId: string, language: StatedLanguage, options?: RequestOptions) {
    const body = { language };
    return this.http.json('PUT /api/v1/comments/:id/language', { id: commentId }, { body, ...options });
  }

  /** Gives the empty place that remains in the tree. */
  removeComment(commentId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/comments/:id', { id: commentId }, options);
  }

  history(commentId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/comments/:id/history', { id: commentId }, options);
  }

  /** The difference between any two texts, named by their revisions. */
  diff(commentId: string, between: { readonly from: number; readonly to: number }, options?: RequestOptions) {
    return this.http.json('GET /api/v1/comments/:id/diff', { id: commentId }, { query: between, ...options });
  }

  react(commentId: string, kind: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/comments/:id/reactions/:kind', { id: commentId, kind }, options);
  }

  unreact(commentId: string, kind: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/comments/:id/reactions/:kind', { id: commentId, kind }, options);
  }
}
