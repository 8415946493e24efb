import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AnsweringThread } from '../../../libs/answering-thread/index.ts';
import { DomainError, heapPace, programBeside } from '../../../libs/kernel/index.ts';
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

/** The thread that searches: however large the index is, the serving thread goes on. It begins with the first search. */
@Injectable()
export class SearchThread implements OnModuleDestroy {
  readonly #thread = new AnsweringThread<SearchQuestion, SearchAnswer>({
    program: programBeside(import.meta.url, 'search.worker'),
    name: 'search',
    instead: () => ({ kind: 'failed', reason: 'the thread ended' }),
  });

  onModuleDestroy(): Promise<void> {
    return this.#thread.close();
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
    if (this.#thread.waiting >= MOST_WAITING) throw tooMany();
    heapPace.atWork();
    return this.#thread.ask(question, how);
  }
}

function tooMany(): DomainError {
  return new DomainError('overloaded', 'Too many searches wait: try again in a moment.', [], 1);
}

function unanswered(answer: SearchAnswer): Error {
  return answer.kind === 'failed' && answer.reason.startsWith('unable to open')
    ? new DomainError('not_caught_up', 'The index of words was just made anew: ask again.', [], 1)
    : new Error(`a search was not answered: ${answer.kind === 'failed' ? answer.reason : answer.kind}`);
}
