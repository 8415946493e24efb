import type { QueryBus } from '@nestjs/cqrs';
import { DomainError } from '../../libs/kernel/index.ts';
import { FindUnsendableQuotes, type UnsendableQuote } from '../views/thread/thread.query-types.ts';

/** The refusal of an issue with quotes of comments that are gone, changed, or not allowed. */
export class QuotesToTakeOut extends DomainError {
  readonly quotes: readonly UnsendableQuote[];

  constructor(quotes: readonly UnsendableQuote[]) {
    const ids = quotes.flatMap(({ commentIds }) => commentIds).join(', ');
    const wish = 'Take out the quotes of comments that are gone, changed, or whose authors do not allow it';
    super('conflict', `${wish}: ${ids}.`);
    this.quotes = quotes;
  }
}

/** Throws QuotesToTakeOut for the Markdown of an issue with quotes that may not be in it as things stand. */
export async function requireSendable(queries: Pick<QueryBus, 'execute'>, body: string): Promise<void> {
  const quotes = await queries.execute(new FindUnsendableQuotes(body));
  if (quotes.length > 0) throw new QuotesToTakeOut(quotes);
}
