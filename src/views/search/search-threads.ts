import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AnsweringThread } from '../../../libs/answering-thread/index.ts';
import { heapPace } from '../../../libs/heap-pace/index.ts';
import { DomainError, programBeside } from '../../../libs/kernel/index.ts';
import type { UnknownNames } from './search.query-types.ts';
import type {
  EntryAsked,
  FoundPage,
  NamesAsked,
  SearchAnswer,
  SearchQuestion,
  ShownTexts,
  TextsOfFound,
} from './search-questions.ts';

/** Questions that wait; a further one is refused, since it would wait for seconds. */
const MOST_WAITING = 200;

/** Questions that one thread has before another one begins. */
const MOST_OF_ONE = 2;
/** Questions that are handed to a thread at once: the serving thread may be busy for longer than a search takes. */
const AT_ONCE = 4;
/** Cores from which two threads answer. */
const CORES_FOR_TWO = 3;
/** Milliseconds after which a thread ends that nobody asked. */
const ENDS_AFTER = 30_000;

/**
 * The threads that search: however large the index is, the serving thread goes on. The first begins with the first search, and
 * the second where some wait at once, unless the machine has two cores, which the first one and the serving thread need: as many are
 * answered then, but who waits longest would wait a quarter longer.
 */
@Injectable()
export class SearchThreads implements OnModuleDestroy {
  readonly #one = newThread();
  readonly #other: SearchThread | null = availableParallelism() < CORES_FOR_TWO ? null : newThread();

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.#one.close(), this.#other?.close()]);
  }

  /** Throws DomainError busy. */
  async find(file: string, asked: EntryAsked): Promise<FoundPage> {
    const answer = await this.#ask({ kind: 'find', file, asked });
    if (answer.kind === 'found') return answer.found;
    throw unanswered(answer);
  }

  /** Throws DomainError busy. */
  async unknownNames(file: string, asked: NamesAsked): Promise<UnknownNames> {
    const answer = await this.#ask({ kind: 'names', file, asked });
    if (answer.kind === 'unknown') return answer.names;
    throw unanswered(answer);
  }

  /** In the order of the texts, before what waits to be looked for: whoever asks has waited for that. Throws DomainError busy. */
  async show(
    texts: readonly TextsOfFound[],
    how: { readonly ways: readonly string[]; readonly isTyping: boolean },
  ): Promise<readonly ShownTexts[]> {
    if (texts.length === 0) return [];
    const answer = await this.#ask({ kind: 'show', texts, ...how }, { goesFirst: true });
    if (answer.kind === 'shown') return answer.shown;
    throw unanswered(answer);
  }

  async #ask(question: SearchQuestion, how?: { readonly goesFirst: boolean }): Promise<SearchAnswer> {
    const one = this.#one.waiting;
    const other = this.#other?.waiting ?? 0;
    if (one + other >= MOST_WAITING) throw tooMany();
    heapPace.atWork();
    const isOneEnough = one <= MOST_OF_ONE || one <= other;
    return (isOneEnough ? this.#one : (this.#other ?? this.#one)).ask(question, how);
  }
}

type SearchThread = AnsweringThread<SearchQuestion, SearchAnswer>;

function newThread(): SearchThread {
  return new AnsweringThread<SearchQuestion, SearchAnswer>({
    program: programBeside(import.meta.url, 'search.worker'),
    name: 'search',
    instead: () => ({ kind: 'failed', reason: 'the thread ended' }),
    endsAfter: ENDS_AFTER,
    atOnce: AT_ONCE,
  });
}

function tooMany(): DomainError {
  return new DomainError('overloaded', 'Too many searches wait: try again in a moment.', [], 1);
}

function unanswered(answer: SearchAnswer): Error {
  return answer.kind === 'failed' && answer.reason.startsWith('unable to open')
    ? new DomainError('not_caught_up', 'The index of words was just made anew: ask again.', [], 1)
    : new Error(`a search was not answered: ${answer.kind === 'failed' ? answer.reason : answer.kind}`);
}
