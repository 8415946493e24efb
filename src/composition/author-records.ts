import type { FactoryProvider, ValueProvider } from '@nestjs/common';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { AUTHOR_RECORDS, type AuthorRecords, NO_RECORDS } from '../commands/author-records.ts';
import { coreOf } from '../domain/policy/core.ts';
import { WrittenRecords } from '../views/moderation-queue/written.ts';
import { CommentTexts } from '../views/thread/door/comment-texts.ts';

/** In a program with views, these tell an author's earlier comments. */
export const recordsOfViews: FactoryProvider<AuthorRecords> = {
  provide: AUTHOR_RECORDS,
  inject: [VIEWS, CommentTexts],
  useFactory: (views: Views, texts: CommentTexts) => new WrittenRecords(views, texts, coreOf),
};

/** A program without views lets nobody post, so nobody has a record. */
export const noRecords: ValueProvider<AuthorRecords> = { provide: AUTHOR_RECORDS, useValue: NO_RECORDS };
