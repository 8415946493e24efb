import { type CommandMeta, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { PushFault } from '../../../libs/push/port.ts';
import { RecordHubFault, SettleHub } from '../../domain/hub/hub.commands.ts';
import {
  type DuePing,
  GetHubWork,
  type HubWork,
  publishingChanges,
} from '../../views/publishing/publishing.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';

/** The changes of one ping: each may name ten tags, and each tag three feeds. */
const CHANGES_A_PING = 50;

export interface HubParts {
  readonly commands: Commands;
  readonly work: (query: GetHubWork) => Promise<HubWork>;
  /** The addresses of the feeds that have the posts of these tags, and of all. */
  readonly topicsOf: (tags: readonly string[]) => readonly string[];
  readonly hub: { publish(topics: readonly string[]): Promise<void> };
  readonly onProblem: (reason: string) => void;
}

/**
 * Tells the hub (WebSub) that feeds have changed. A ping is recorded after the hub has taken it, so a server that dies
 * between the two tells it once more, which costs the hub one look at a feed that is as it was.
 */
export class HubReacting implements Reacting<DuePing> {
  readonly atOnce = 1;
  readonly #parts: HubParts;

  constructor(parts: HubParts) {
    this.#parts = parts;
  }

  async look(): Promise<WorkSeen<DuePing>> {
    const { hasBegun, ...work } = await this.#parts.work(new GetHubWork(Date.now(), CHANGES_A_PING));
    return { ...work, isNew: !hasBegun };
  }

  concerns(projected: readonly Projected[]): boolean {
    return (
      publishingChanges(projected).some(({ hub }) => hub) ||
      projected.some(({ view, renewed }) => renewed && view === 'publishing')
    );
  }

  async act({ tags, changes, until }: DuePing): Promise<Position> {
    const { commands, hub, topicsOf, onProblem } = this.#parts;
    const ping = { changes, until };
    try {
      await hub.publish(topicsOf(tags));
      return (await commands.execute(new SettleHub(ping, metaOf(ping, 'told')))).position;
    } catch (error) {
      if (!(error instanceof PushFault)) throw error;
      onProblem(`the hub was not told: ${error.reason}`);
      const { reason, kind, waitMs } = error;
      const fault = { ...ping, reason, isFinal: kind !== 'later', waitMs };
      return (await commands.execute(new RecordHubFault(fault, metaOf(ping, `failed ${Date.now()}`)))).position;
    }
  }
}

function metaOf({ changes, until }: Pick<DuePing, 'changes' | 'until'>, what: string): CommandMeta {
  return systemMeta(deriveId('hub', what, until, ...changes));
}
