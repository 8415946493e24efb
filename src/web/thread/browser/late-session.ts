import type { SessionState, ThreadSession } from '../../../../libs/client/thread-session.ts';

/** The part of its thread's session that a page uses. */
type Asked = Pick<ThreadSession, 'post' | 'typing' | 'retry' | 'discard' | 'keep' | 'keepAll'>;

/** The thread's session before and after its program was loaded, which happens after the first paint. */
export class LateSession {
  readonly #listeners = new Set<() => void>();
  #session: (Asked & Pick<ThreadSession, 'state'>) | undefined;

  attach(session: ThreadSession): void {
    this.#session = session;
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
