import { availableMemory, memoryUsage } from 'node:process';
import type { QueryBus } from '@nestjs/cqrs';
import type { Position } from '../../../libs/kernel/index.ts';
import type { LogTree } from '../../../libs/log-tree/index.ts';
import type { ViewState, Views } from '../../../libs/projections/index.ts';
import { CountMails, GetLastMails, GetMailWork } from '../../views/mails/mails.query-types.ts';
import type { FixedSetting } from '../../views/site/site.query-types.ts';
import type { Findings } from '../auditing/findings.ts';
import type { MailPlace } from '../mailing.ts';
import type { Proving } from '../proving/proving.ts';
import { lastBackup, roomIn, sizesOf } from './data-parts.ts';
import type { ForumStatus, MailStanding, ViewStanding } from './forum-status.ts';

export interface OperatingParts {
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly views: Pick<Views, 'state'>;
  readonly tree: Pick<LogTree, 'size' | 'trouble'>;
  readonly findings: Pick<Findings, 'all'>;
  readonly proving: Pick<Proving, 'kept'>;
  readonly head: () => Promise<Position>;
  /** The reason why the log takes no writes now; null when it takes them. */
  readonly trouble: () => Promise<string | null>;
  readonly place: MailPlace;
  readonly fixed: readonly FixedSetting[];
  /** What does not change while the server runs. */
  readonly server: { readonly version: string; readonly logServer: string | null; readonly dataDir: string };
}

/** What an operator asks of the server. */
export class Operating {
  readonly #parts: OperatingParts;
  #looking: Promise<ForumStatus> | null = null;

  constructor(parts: OperatingParts) {
    this.#parts = parts;
  }

  /** The status of now; those who ask while it is looked up get the same. */
  status(): Promise<ForumStatus> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #look(): Promise<ForumStatus> {
    const { server, views, tree, findings, proving, fixed } = this.#parts;
    const { version, logServer, dataDir } = server;
    const [position, trouble, parts, free, backup, mails] = await Promise.all([
      this.#parts.head().catch(() => null),
      this.#parts.trouble(),
      sizesOf(dataDir),
      roomIn(dataDir),
      lastBackup(dataDir),
      this.#mails(),
    ]);
    return {
      version,
      node: process.versions.node,
      since: new Date(performance.timeOrigin).toISOString(),
      log: { server: logServer, position, trouble },
      views: views.state().map((view) => standingOf(view, position)),
      memory: { used: memoryUsage.rss(), free: availableMemory() },
      disk: { folder: dataDir, free, parts },
      mails,
      tree: { size: tree.size(), trouble: tree.trouble(), signedAt: proving.kept(1)[0]?.at ?? null },
      backup,
      findings: findings.all(),
      fixed,
    };
  }

  async #mails(): Promise<MailStanding> {
    const { queries, place } = this.#parts;
    const { folder, server, from, holder } = place;
    const [counts, last, { lease }] = await Promise.all([
      queries.execute(new CountMails()),
      queries.execute(new GetLastMails()),
      queries.execute(new GetMailWork(Date.now(), 0)),
    ]);
    const { name, address } = from();
    const isHeld = lease !== null && lease.until > Date.now();
    return {
      server,
      folder: folder?.folder ?? null,
      from: `${name} <${address}>`,
      counts,
      ...last,
      lease: isHeld ? { isHere: lease.holder === holder, until: new Date(lease.until).toISOString() } : null,
    };
  }
}

function standingOf(view: ViewState, head: Position | null): ViewStanding {
  const { name, version, position, building, stopped } = view;
  const behind = head === null ? null : head > position ? head - position : 0n;
  const state = stopped !== null ? 'stopped' : building ? 'building' : 'following';
  return { name, version, position, behind, state, reason: stopped?.reason ?? null };
}
