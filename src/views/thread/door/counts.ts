import type { Views } from '../../../../libs/projections/index.ts';
import { idText } from '../../ids.ts';
import type { StandingOut } from '../../present-discussion.ts';
import { commentsBy, standingOutUnder, visibleComments, visibleCommentsOf } from '../thread.reads.ts';

/** Comments that everybody can read under a post. */
export function commentsUnder(views: Pick<Views, 'db'>, postId: Buffer): number {
  return visibleComments(views.db('thread'), postId);
}

/** What a post asks, and its answer. */
export function standingOutIn(views: Pick<Views, 'db'>, postId: Buffer): StandingOut {
  return standingOutUnder(views.db('thread'), postId);
}

/** The comments of many posts at once, by their ids; posts that readers do not see are left out. */
export function commentsUnderAll(views: Pick<Views, 'db'>, postIds: readonly Buffer[]): ReadonlyMap<string, number> {
  const counted = visibleCommentsOf(views.db('thread'), postIds, Date.now());
  return new Map(counted.map(({ id, visible }) => [idText(id), visible]));
}

/** Visible comments that a member wrote. */
export function commentsWrittenBy(views: Pick<Views, 'db'>, memberId: string): number {
  return commentsBy(views.db('thread'), memberId);
}
