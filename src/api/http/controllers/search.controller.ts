import { Controller, Get, Inject, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { FoundText, Page } from '../../../../libs/client/index.ts';
import { FOUND_KINDS } from '../../../../libs/words/index.ts';
import { type SearchFilter, SearchTexts } from '../../../views/search/search.query-types.ts';
import { QueryInput } from '../../input/input.ts';
import { pageOf } from '../dto/lists.ts';
import { beginOf, endOf, SearchQuery } from '../dto/search.ts';

const USUAL_FOUND = 20;

@Controller('api/v1/search')
export class SearchController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  @Get()
  search(@QueryInput(SearchQuery) query: SearchQuery, @Req() { seen }: FastifyRequest): Promise<Page<FoundText>> {
    const { q, typing, sort = 'relevance' } = query;
    const wish = { q, isTyping: typing === 'true', filter: filterOf(query), sort, ...pageOf(query, USUAL_FOUND) };
    return this.#queries.execute(new SearchTexts(wish, new Date().toISOString(), seen));
  }
}

function filterOf({ in: kinds, post, author, tag, site, from, to }: SearchQuery): SearchFilter {
  return {
    kinds: FOUND_KINDS.filter((kind) => kinds === undefined || kinds.split(',').includes(kind)),
    ...(post !== undefined && { post }),
    ...(author !== undefined && { author }),
    ...(tag !== undefined && { tag }),
    ...(site !== undefined && { site }),
    ...(from !== undefined && { from: beginOf(from) }),
    ...(to !== undefined && { to: endOf(to) }),
  };
}
