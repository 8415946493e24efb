import type { Role } from '../words/index.ts';
import { Http, type HttpOptions, type RequestOptions } from './http.ts';
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
  ThreadOptions,
} from './requests.ts';
import type {
  ArchiveMonth,
  Comment,
  CommentDiff,
  CommentPage,
  Discussion,
  Member,
  MemberProfile,
  OwnMember,
  Page,
  Post,
  PostedComment,
  PostSummary,
  RegisteredMember,
  Revision,
  Session,
  ThreadActivity,
  ThreadDifference,
} from './shapes.ts';

const part = encodeURIComponent;

/**
 * The forum's REST API, typed. Every call throws ColloquyProblem when the forum says no or cannot be reached, and the
 * signal's reason when the caller gives up. Reads never show less than what this client wrote or saw before.
 *
 *     const forum = new ColloquyClient({ baseUrl: 'https://forum.example' });
 *     await forum.signIn({ login: 'somchai', password });
 *     await forum.postComment(post.id, { id: newId(), body: 'Thank you.' });
 */
export class ColloquyClient {
  readonly http: Http;

  constructor(options: HttpOptions = {}) {
    this.http = new Http(options);
  }

  async register(member: NewMember, options?: RequestOptions): Promise<OwnMember> {
    const answer = await this.#write<RegisteredMember>('POST', '/members', member, options);
    return answer.member;
  }

  /** Keeps the session's token for the calls that follow (a browser has its cookie besides). */
  async signIn(login: Login, options?: RequestOptions): Promise<Session> {
    const session = await this.#write<Session>('POST', '/sessions', login, options);
    this.http.token = session.token;
    return session;
  }

  async signOut(options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: '/sessions/current', ...options });
    this.http.token = null;
  }

  me(options?: RequestOptions): Promise<OwnMember> {
    return this.#read('/members/me', {}, options);
  }

  changeMe(change: MemberChange, options?: RequestOptions): Promise<OwnMember> {
    return this.#write('PATCH', '/members/me', change, options);
  }

  member(handle: string, options?: RequestOptions): Promise<MemberProfile> {
    return this.#read(`/members/${part(handle)}`, {}, options);
  }

  setRoles(memberId: string, roles: readonly Role[], options?: RequestOptions): Promise<Member> {
    return this.#write('PUT', `/members/${part(memberId)}/roles`, { roles }, options);
  }

  posts(list: PostListOptions = {}, options?: RequestOptions): Promise<Page<PostSummary>> {
    return this.#read('/posts', list, options);
  }

  archive(options?: RequestOptions): Promise<readonly ArchiveMonth[]> {
    return this.#read('/posts/archive', {}, options);
  }

  post(idOrSlug: string, options?: RequestOptions): Promise<Post> {
    return this.#read(`/posts/${part(idOrSlug)}`, {}, options);
  }

  publish(post: NewPost, options?: RequestOptions): Promise<Post> {
    return this.#write('POST', '/posts', post, options);
  }

  editPost(postId: string, change: PostChange, options?: RequestOptions): Promise<Post> {
    return this.#write('PATCH', `/posts/${part(postId)}`, change, options);
  }

  withdrawPost(postId: string, options?: RequestOptions): Promise<Post> {
    return this.#write('POST', `/posts/${part(postId)}/withdraw`, {}, options);
  }

  setDiscussion(postId: string, change: DiscussionChange, options?: RequestOptions): Promise<Discussion> {
    return this.#write('PUT', `/posts/${part(postId)}/discussion`, change, options);
  }

  comments(postId: string, thread: ThreadOptions = {}, options?: RequestOptions): Promise<CommentPage> {
    return this.#read(`/posts/${part(postId)}/comments`, thread, options);
  }

  /** When what happened in a thread. */
  activity(postId: string, options?: RequestOptions): Promise<ThreadActivity> {
    return this.#read(`/posts/${part(postId)}/activity`, {}, options);
  }

  /** What is new, edited or removed since a moment, or between two. */
  changes(postId: string, between: DifferenceOptions, options?: RequestOptions): Promise<ThreadDifference> {
    return this.#read(`/posts/${part(postId)}/changes`, between, options);
  }

  postComment(postId: string, comment: NewComment, options?: RequestOptions): Promise<PostedComment> {
    return this.#write('POST', `/posts/${part(postId)}/comments`, comment, options);
  }

  comment(commentId: string, options?: RequestOptions): Promise<Comment> {
    return this.#read(`/comments/${part(commentId)}`, {}, options);
  }

  /** Throws `stale_revision` when somebody edited in between. */
  editComment(commentId: string, edit: CommentEdit, options?: RequestOptions): Promise<Comment> {
    return this.#write('PATCH', `/comments/${part(commentId)}`, edit, options);
  }

  /** Gives what is left: an empty place in the tree. */
  removeComment(commentId: string, options?: RequestOptions): Promise<Comment> {
    return this.#remove(`/comments/${part(commentId)}`, options);
  }

  history(commentId: string, options?: RequestOptions): Promise<readonly Revision[]> {
    return this.#read(`/comments/${part(commentId)}/history`, {}, options);
  }

  /** Between any two texts, named by their revisions. */
  diff(
    commentId: string,
    between: { readonly from: number; readonly to: number },
    options?: RequestOptions,
  ): Promise<CommentDiff> {
    return this.#read(`/comments/${part(commentId)}/diff`, between, options);
  }

  react(commentId: string, kind: string, options?: RequestOptions): Promise<Comment> {
    return this.#write('PUT', `/comments/${part(commentId)}/reactions/${part(kind)}`, undefined, options);
  }

  unreact(commentId: string, kind: string, options?: RequestOptions): Promise<Comment> {
    return this.#remove(`/comments/${part(commentId)}/reactions/${part(kind)}`, options);
  }

  #read<Answer>(path: string, query: object, options: RequestOptions = {}): Promise<Answer> {
    return this.http.json({ method: 'GET', path, query, ...options });
  }

  #write<Answer>(
    method: 'POST' | 'PUT' | 'PATCH',
    path: string,
    body: object | undefined,
    options: RequestOptions = {},
  ): Promise<Answer> {
    return this.http.json({ method, path, ...(body === undefined ? {} : { body }), ...options });
  }

  #remove<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.http.json({ method: 'DELETE', path, ...options });
  }
}
