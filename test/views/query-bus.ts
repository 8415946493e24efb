import { Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';

@Module({})
class Answers {}

/** Queries answered as they are in a forum, by these providers alone. */
export async function queryBusOf(providers: Provider[]): Promise<QueryBus> {
  const module = { module: Answers, imports: [CqrsModule.forRoot()], providers };
  const context = await NestFactory.createApplicationContext(module, { logger: false });
  return context.get(QueryBus);
}
