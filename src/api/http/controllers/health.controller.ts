import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Liveness, Readiness } from '../../../../libs/client/index.ts';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import { LOG_TREE, type LogTree } from '../../../../libs/log-tree/index.ts';
import { VIEWS, type ViewState, type Views } from '../../../../libs/projections/index.ts';
import { Findings } from '../../../acts/auditing/findings.ts';

/** The injection token of LogHealth. */
export const LOG_HEALTH = Symbol('LogHealth');

export interface LogHealth {
  /** The reason why the log takes no writes now, in words for an operator; null when it takes them. */
  trouble(): Promise<string | null>;
}

@Controller('health')
export class HealthController {
  readonly #views: Views;
  readonly #log: LogHealth;
  readonly #tree: LogTree;
  readonly #findings: Findings;
  #caughtUp = false;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(LOG_HEALTH) log: LogHealth,
    @Inject(LOG_TREE) tree: LogTree,
    @Inject(Findings) findings: Findings,
  ) {
    this.#views = views;
    this.#log = log;
    this.#tree = tree;
    this.#findings = findings;
    views.ready().then(
      () => {
        this.#caughtUp = true;
      },
      () => undefined,
    );
  }

  /** The process answers. */
  @Get('live')
  live(@Res({ passthrough: true }) reply: FastifyReply): Liveness {
    reply.header('cache-control', 'no-store');
    return { status: 'live' };
  }

  /**
   * Ready means that the views have read the log and the log can be written; otherwise 503 with the reasons. The search may
   * still be built then. A fault
   * found in the log or a view, or a view that stands still behind the others, stops neither reading nor writing, so then the answer is 200 and `degraded`.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const states = this.#views.state();
    const trouble = await this.#log.trouble();
    const reasons = [
      ...(this.#caughtUp ? [] : ['the views have not read the whole log yet']),
      ...states.flatMap(({ name, stopped }) =>
        stopped ? [`view ${name} stands at ${stopped.position}: ${stopped.reason}`] : [],
      ),
      ...(trouble === null ? [] : [`the log cannot be written: ${trouble}`]),
    ];
    const found = [
      ...states.flatMap(({ name, position, late }) =>
        late ? [`view ${name} is late: it stands at ${position} while others have read on`] : [],
      ),
      ...this.#findings.standing().map(({ what }) => what),
    ];
    reply.header('cache-control', 'no-store').code(reasons.length === 0 ? 200 : 503);
    return {
      status: reasons.length > 0 ? 'not ready' : found.length > 0 ? 'degraded' : 'ready',
      reasons: [...reasons, ...found],
      log: { writable: trouble === null },
      tree: { size: this.#tree.size(), trouble: this.#tree.trouble() },
      views: states.map(shown),
    };
  }
}

function shown({ name, version, position, building, built, late, stopped }: ViewState): Readiness['views'][number] {
  const state = stopped !== null ? 'stopped' : building ? 'building' : late ? 'late' : 'following';
  const percent = built === undefined ? {} : { built: Math.floor(built * 100) };
  return { name, version, position: formatPosition(position), state, ...percent };
}
