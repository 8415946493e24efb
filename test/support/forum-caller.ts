import type { Comment, CommentPage, OwnMember, Post, Session } from '../../libs/client/index.ts';
import type { Role } from '../../libs/words/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed when it is JSON, else the text; undefined for an empty body. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: Uint8Array | string;
}

type Check = (method: string, path: string, answer: Answer) => void;

/** A member of a test with its session. */
export interface TestMember {
  readonly member: OwnMember;
  readonly token: string;
}

/** Of every member that a test registers. */
export const PASSWORD = 'correct horse battery';

/** Requests to a forum as tests make them, and the steps that many tests begin with. The first member registered is admin. */
export class ForumCaller {
  readonly url: string;
  readonly #check: Check;
  readonly #founderCode: string | undefined;
  #admin: TestMember | undefined;
  #members = 0;
  /** The position of the newest write: no write waits for the words that a search finds, so that a search waits for them. */
  #written: string | null = null;

  /** `check` throws for an answer that the forum should not give. */
  constructor(url: string, check: Check = () => undefined, founderCode?: string) {
    this.#founderCode = founderCode;
    this.url = url;
    this.#check = check;
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const response = await this.#send(method, path, options);
    const { status, headers } = response;
    const answer = { status, headers, body: parsed(headers, await response.text()) };
    this.#check(method, path, answer);
    return answer;
  }

  /** Like `call`, for what must succeed: gives the body, and throws with the problem when it was refused. */
  async done<Body>(method: string, path: string, options: CallOptions = {}): Promise<Body> {
    const response = await this.#send(method, path, options);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    const body = JSON.parse(text);
    this.#check(method, path, { status: response.status, headers: response.headers, body });
    return body;
  }

  /** Registers a member, signs it in, and gives it roles; the admin who does that is made when there is none yet. */
  async member(handle?: string, roles: readonly Role[] = []): Promise<TestMember> {
    if (this.#admin === undefined) this.#admin = await this.#register('the-admin');
    this.#members += 1;
    const registered = await this.#register(handle ?? `member-${this.#members}`);
    if (roles.length === 0) return registered;
    await this.done('PUT', `/api/v1/members/${registered.member.id}/roles`, {
      token: this.#admin.token,
      body: { roles },
    });
    return { ...registered, member: await this.done('GET', '/api/v1/members/me', { token: registered.token }) };
  }

  async admin(): Promise<TestMember> {
    this.#admin ??= await this.#register('the-admin');
    return this.#admin;
  }

  signIn(login: string, password = PASSWORD): Promise<Session> {
    return this.done('POST', '/api/v1/sessions', { body: { login, password } });
  }

  publish(by: TestMember, post: object = {}): Promise<Post> {
    return this.done('POST', '/api/v1/posts', {
      token: by.token,
      body: { title: 'A post', body: 'Its text.', ...post },
    });
  }

  async comment(by: TestMember, postId: string, comment: object = {}): Promise<Comment> {
    const path = `/api/v1/posts/${postId}/comments`;
    const answer = await this.done<{ comment: Comment }>('POST', path, {
      token: by.token,
      body: { body: 'A comment.', ...comment },
    });
    return answer.comment;
  }

  thread(postId: string, query = ''): Promise<CommentPage> {
    return this.done('GET', `/api/v1/posts/${postId}/comments${query}`);
  }

  async #send(method: string, path: string, { token, headers = {}, body, raw }: CallOptions): Promise<Response> {
    const after = path.startsWith('/api/v1/search') ? this.#written : null;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(after === null ? {} : { 'colloquy-after': after }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      redirect: 'manual',
      ...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : Buffer.from(sent) }),
    });
    if (method !== 'GET') this.#written = response.headers.get('colloquy-position') ?? this.#written;
    return response;
  }

  async #register(handle: string): Promise<TestMember> {
    const email = `${handle}@example.org`;
    const code = handle === 'the-admin' && this.#founderCode !== undefined ? { founderCode: this.#founderCode } : {};
    const body = { handle, displayName: `Name of ${handle}`, email, password: PASSWORD, ...code };
    await this.done('POST', '/api/v1/members', { body });
    const { token, member } = await this.signIn(handle);
    return { token, member };
  }
}

function parsed(headers: Headers, text: string): unknown {
  if (text === '') return undefined;
  return /json/.test(headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
