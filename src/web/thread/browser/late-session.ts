import type { SessionState, ThreadFollower } from '../../../../libs/client/thread-follower.ts';
import type { ThreadSession } from '../../../../libs/client/thread-session.ts';

/** The part of its thread's session that a page uses. */
type Asked = Pick<ThreadFollower, 'keep' | 'keepAll'>;
type Writing = Pick<ThreadSession, 'post' | 'typing' | 'retry' | 'discard'>;

/** The thread's session before and after its program was loaded, which happens after the first paint. */
export class LateSession {
  readonly #listeners = new Set<() => void>();
  #session: (Asked & Pick<ThreadFollower, 'state'>) | undefined;
  #writing: Writing | null = null;

  attach(session: ThreadFollower, writing: Writing | null): void {
    this.#session = session;
    this.#writing = writing;
    const tell = (): void => {
      for (const listener of this.#listeners) listener();
    };
    session.subscribe(tell);
    tell();
  }

  /** Null until it was loaded; calls before that have no answer. */
  get now(): Asked | null {
    return this.#session ?? null;
  }

  /** Null for readers who write nothing, too. */
  get writing(): Writing | null {
    return this.#writing;
  }

  get state(): SessionState {
    return this.#session?.state ?? NOTHING_YET;
  }

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }
}

const NOTHING_YET: SessionState = {
  connection: 'connecting',
  thread: null,
  outbox: [],
  presence: { readers: 0, typing: [] },
  problem: null,
};
