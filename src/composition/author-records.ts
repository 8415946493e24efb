import type { FactoryProvider, Provider, ValueProvider } from '@nestjs/common';
import { seenInComment } from '../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { ADMINS, type Admins, NO_ADMINS } from '../commands/admins.ts';
import { AUTHOR_RECORDS, type AuthorRecords, NO_RECORDS } from '../commands/author-records.ts';
import { coreOf } from '../domain/policy/core.ts';
import { adminIds } from '../views/members/door/admins.ts';
import { WrittenRecords } from '../views/moderation-queue/written.ts';
import { CommentTexts } from '../views/thread/door/comment-texts.ts';

/** In a program with views, these tell an author's earlier comments. */
const recordsOfViews: FactoryProvider<AuthorRecords> = {
  provide: AUTHOR_RECORDS,
  inject: [VIEWS, CommentTexts],
  useFactory: (views: Views, texts: CommentTexts) =>
    new WrittenRecords(views, texts, (body) => coreOf(body, seenInComment)),
};

/** A program without views lets nobody post, so nobody has a record. */
const noRecords: ValueProvider<AuthorRecords> = { provide: AUTHOR_RECORDS, useValue: NO_RECORDS };

/** What a program with views tells the commands. */
export const toldByViews: readonly Provider[] = [
  recordsOfViews,
  {
    provide: ADMINS,
    inject: [VIEWS],
    useFactory: (views: Views): Admins => ({ ids: async () => adminIds(views) }),
  },
];

/** What a program without views has instead. */
export const toldByNobody: readonly Provider[] = [noRecords, { provide: ADMINS, useValue: NO_ADMINS }];
