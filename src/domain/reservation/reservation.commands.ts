import { Command } from '../../../libs/kernel/index.ts';
import { LEAVING_ADMINS } from './names.ts';

export { LEAVING_ADMINS };

/** `name` is the stream's own name (`handle-somchai`); `holder` is the id of the thing that will carry it. */
export class ReserveName extends Command<{ readonly name: string; readonly holder: string }> {
  readonly type = 'ReserveName';
}
export class ReleaseName extends Command<{ readonly name: string; readonly holder: string }> {
  readonly type = 'ReleaseName';
}

/**
 * Slow mode: the right to add one comment to a discussion, held by that comment for so many seconds. `name` is the
 * stream (`turn-<postId>-<memberId>`), `holder` is the comment's id, `postId` and `memberId` say whose comments count.
 * Before `slowSince` nobody had to take turns.
 */
export class TakeTurn extends Command<{
  readonly name: string;
  readonly holder: string;
  readonly postId: string;
  readonly memberId: string;
  readonly everySeconds: number;
  readonly slowSince: string;
}> {
  readonly type = 'TakeTurn';
}

/** Recorded before an admin (`holder`) loses the role or the account: refused when no other admin would stay. */
export class LetAdminGo extends Command<{ readonly name: typeof LEAVING_ADMINS; readonly holder: string }> {
  readonly type = 'LetAdminGo';
}

export type ReservationCommand = ReserveName | ReleaseName | TakeTurn | LetAdminGo;
