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
/** Milliseconds after which a thread ends that nobody asked. */
const ENDS_AFTER = 30_000;

/**
 * The threads that search: however large the index is, the serving thread goes on. The first begins with the first search, and
 * the second where some wait at once: they answer one in a third less time together.
 */
@Injectable()
export class SearchThreads implements OnModuleDestroy {
  readonly #one = newThread();
  readonly #other = newThread();

  async onModuleDestroy(): Promise<void> {
    await Promise.all([this.#one.close(), this.#other.close()]);
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
    const [one, other] = [this.#one.waiting, this.#other.waiting];
    if (one + other >= MOST_WAITING) throw tooMany();
    heapPace.atWork();
    const thread = one <= MOST_OF_ONE || one <= other ? this.#one : this.#other;
    return thread.ask(question, how);
  }
}

function newThread(): AnsweringThread<SearchQuestion, SearchAnswer> {
  return new AnsweringThread<SearchQuestion, SearchAnswer>({
    program: programBeside(import.meta.url, 'search.worker'),
    name: 'search',
    instead: () => ({ kind: 'failed', reason: 'the thread ended' }),
    endsAfter: ENDS_AFTER,
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
