import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';
import type { BookmarkTarget } from './bookmark.events.ts';

interface OwnBookmark {
  readonly by: Actor;
  readonly bookmarkId: string;
}

/** Sent for what the member can see. */
export class AddBookmark extends Command<OwnBookmark & { readonly target: BookmarkTarget }> {
  readonly type = 'AddBookmark';
}

export class RemoveBookmark extends Command<OwnBookmark> {
  readonly type = 'RemoveBookmark';
}

export type BookmarkCommand = AddBookmark | RemoveBookmark;
