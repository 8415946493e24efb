import { type CommandMeta, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { FinishIssue, HandOverIssue } from '../../domain/newsletter/issue.commands.ts';
import { mailsChanges } from '../../views/mails/mails.query-types.ts';
import {
  GetIssueWork,
  type IssueStep,
  type IssueWork,
  publishingChanges,
} from '../../views/publishing/publishing.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';

/** The mails of an issue that wait at once: other letters stand behind no more of them, and a stop keeps back all others. */
const READERS_A_STEP = 100;

export interface IssueParts {
  readonly commands: Commands;
  readonly work: (query: GetIssueWork) => Promise<IssueWork>;
}

/**
 * Hands an issue of the newsletter to its readers, some at once and the next when those have their mails. Their mails follow from
 * that event, as every mail follows from one; a node that dies and one that goes on hand each reader over once.
 */
export class IssueReacting implements Reacting<IssueStep> {
  readonly atOnce = 1;
  readonly #parts: IssueParts;

  constructor(parts: IssueParts) {
    this.#parts = parts;
  }

  async look(): Promise<WorkSeen<IssueStep>> {
    const work = await this.#parts.work(new GetIssueWork(READERS_A_STEP));
    return { ...work, nextAt: null, isNew: false };
  }

  concerns(projected: readonly Projected[]): boolean {
    return (
      publishingChanges(projected).some(({ newsletter }) => newsletter) ||
      mailsChanges(projected).length > 0 ||
      projected.some(({ view, renewed }) => renewed && (view === 'publishing' || view === 'mails'))
    );
  }

  async act({ postId, after, subscriberIds, finished }: IssueStep): Promise<Position> {
    const meta = metaOf(postId, finished === null ? `after ${after}` : 'finished');
    const wish =
      finished === null
        ? new HandOverIssue({ postId, subscriberIds, after }, meta)
        : new FinishIssue({ postId, ...finished }, meta);
    return (await this.#parts.commands.execute(wish)).position;
  }
}

function metaOf(postId: string, what: string): CommandMeta {
  return systemMeta(deriveId('issue', postId, what), postId);
}
