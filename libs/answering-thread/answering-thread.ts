import { Worker } from 'node:worker_threads';

/** As it is sent to the thread. */
export interface Asked<Question> {
  readonly id: number;
  readonly question: Question;
}

/** As it comes back. */
export interface Answered<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

export interface AnsweringThreadOptions<Question, Answer> {
  /** The thread's entry file, which calls `answerQuestions`. */
  readonly program: URL;
  readonly name: string;
  /** Answers, in the asking thread, the questions that an ended thread has left; it must not throw. */
  readonly instead: (question: Question) => Answer;
  /** Milliseconds after which a thread ends that nobody asked; 0 for rare questions. It stays unless told. */
  readonly endsAfter?: number;
  /** Questions that the thread has at once, so that it has the next one when it gave an answer; 2 unless told. */
  readonly atOnce?: number;
}

const AT_ONCE = 2;

/**
 * Answers slow questions in one thread of its own, so that they hold up nothing else. The thread begins with the first
 * question, and keeps a process alive only while a question waits. Every question is answered: after a failed thread by
 * `instead`, and the next question starts another thread.
 */
export class AnsweringThread<Question, Answer> {
  readonly #options: AnsweringThreadOptions<Question, Answer>;
  readonly #waiting = new Map<number, { readonly question: Question; readonly resolve: (answer: Answer) => void }>();
  /** What the thread has not got yet: what goes first, and all else. */
  readonly #first: Asked<Question>[] = [];
  readonly #others: Asked<Question>[] = [];
  #thread: Worker | null = null;
  #asked = 0;
  /** How many the thread has. */
  #handed = 0;
  /** Until the thread ends, while nothing waits. */
  #rest: NodeJS.Timeout | undefined;

  constructor(options: AnsweringThreadOptions<Question, Answer>) {
    this.#options = options;
  }

  /** Questions that are not answered yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** The question and its answer are copied between the threads. With `goesFirst` it goes before what the thread has not got yet. */
  ask(question: Question, { goesFirst = false } = {}): Promise<Answer> {
    const id = (this.#asked += 1);
    clearTimeout(this.#rest);
    return new Promise((resolve) => {
      this.#waiting.set(id, { question, resolve });
      (goesFirst ? this.#first : this.#others).push({ id, question });
      this.#thread ??= this.#start();
      this.#thread.ref();
      this.#handOut(this.#thread);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#rest);
    await this.#thread?.terminate();
  }

  #handOut(thread: Worker): void {
    const { atOnce = AT_ONCE } = this.#options;
    while (this.#handed < atOnce) {
      const next = this.#first.shift() ?? this.#others.shift();
      if (next === undefined) return;
      this.#handed += 1;
      thread.postMessage(next);
    }
  }

  #start(): Worker {
    const { program, name } = this.#options;
    const thread = new Worker(program, { execArgv: [], name });
    thread.on('message', ({ id, answer }: Answered<Answer>) => {
      this.#handed -= 1;
      this.#handOut(thread);
      this.#answer(id, answer);
      if (this.#waiting.size === 0) this.#letRest(thread);
    });
    // The thread's end tells the same.
    thread.on('error', () => undefined);
    thread.once('exit', () => this.#giveUp(thread));
    return thread;
  }

  #answer(id: number, answer: Answer): void {
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  #letRest(thread: Worker): void {
    thread.unref();
    const { endsAfter } = this.#options;
    if (endsAfter === 0) this.#letGo(thread);
    else if (endsAfter !== undefined) this.#rest = setTimeout(() => this.#letGo(thread), endsAfter).unref();
  }

  #letGo(thread: Worker): void {
    if (this.#thread === thread) this.#thread = null;
    void thread.terminate();
  }

  #giveUp(ended: Worker): void {
    if (this.#thread !== ended) return;
    this.#thread = null;
    this.#handed = 0;
    for (const queue of [this.#first, this.#others]) queue.length = 0;
    for (const [id, { question }] of [...this.#waiting]) this.#answer(id, this.#options.instead(question));
  }
}
