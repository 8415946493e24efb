import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CommandMeta, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { TellDevices, TellMember } from '../../domain/inbox/inbox.commands.ts';
import {
  type DueTelling,
  GetTellingWork,
  notificationsChanges,
  type TellingWork,
} from '../../views/notifications/notifications.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';
import { PendingScan } from './pending-scan.ts';

/** The members who are looked at for one turn. */
const MEMBERS_A_TURN = 256;

export interface TellingParts {
  readonly commands: Commands;
  readonly work: (query: GetTellingWork) => Promise<TellingWork>;
}

/**
 * Records that a mail or a push is to tell a member what is new; it follows from that event, as every mail follows from
 * one, so it is sent once. The command's id is made of what the mail tells of: a node that dies and one that goes on record it once.
 */
export class TellingReacting implements Reacting<DueTelling> {
  /** Nothing but the log is written, which takes what comes together at once. */
  readonly atOnce = 32;
  readonly #parts: TellingParts;
  #scan = new PendingScan(Date.now());

  constructor(parts: TellingParts) {
    this.#parts = parts;
  }

  async look(): Promise<WorkSeen<DueTelling>> {
    const now = Date.now();
    if (this.#scan.isOver(now)) this.#scan = new PendingScan(now);
    for (;;) {
      const work = await this.#parts.work(new GetTellingWork(now, MEMBERS_A_TURN, this.#scan.place));
      const goesOn = this.#scan.take(work);
      const { due, lease } = work;
      if (due.length > 0 || !goesOn) return { due, nextAt: this.#scan.nextAt, lease, isNew: lease === null };
      // A part takes some milliseconds, and there may be as many parts as the forum has members.
      await nextTurn();
    }
  }

  concerns(projected: readonly Projected[]): boolean {
    return (
      notificationsChanges(projected).some(({ mails }) => mails) ||
      projected.some(({ view, renewed }) => renewed && view === 'notifications')
    );
  }

  async act({ memberId, way, after, upTo }: DueTelling): Promise<Position> {
    const by = { memberId, roles: [] };
    const meta = metaOf({ memberId, way, upTo });
    const wish =
      way === 'push' ? new TellDevices({ by, after, upTo }, meta) : new TellMember({ by, way, after, upTo }, meta);
    return (await this.#parts.commands.execute(wish)).position;
  }
}

function metaOf({ memberId, way, upTo }: Omit<DueTelling, 'after'>): CommandMeta {
  return systemMeta(deriveId(memberId, `told ${way} ${upTo}`));
}
