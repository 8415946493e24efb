import type { DecisionAction, SanctionKind } from '../../libs/words/index.ts';

export type Outcome = 'open' | 'upheld' | 'dismissed';
type Status = 'visible' | 'held' | 'rejected' | 'removed';

interface ModelDecision {
  readonly id: string;
  readonly status: Status;
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

interface ModelComment {
  readonly author: number;
  status: Status;
  /** What became of each member's complaint. */
  readonly reports: Map<number, Outcome>;
  readonly decisions: ModelDecision[];
}

interface ModelSanction {
  readonly id: string;
  readonly member: number;
  readonly kind: SanctionKind;
  readonly by: number;
  readonly until: number | null;
  acknowledged: boolean;
  lifted: boolean;
  appeal: 'open' | 'granted' | 'refused' | null;
}

const TO: Readonly<Record<DecisionAction, Status>> = {
  approve: 'visible',
  restore: 'visible',
  hold: 'held',
  reject: 'rejected',
  remove: 'removed',
};

/** Queue, sanctions and appeals as one would keep them on paper: what is asked of it is what was accepted. */
export class ModerationModel {
  readonly comments: ModelComment[] = [];
  readonly sanctions: ModelSanction[] = [];
  now: number;

  constructor(now: number) {
    this.now = now;
  }

  /** What a pre-moderated member writes waits. */
  posted(author: number): void {
    const waits = this.sanctions.some((one) => {
      return one.member === author && one.kind === 'pre-moderation' && this.isInForce(one);
    });
    this.comments.push({ author, status: waits ? 'held' : 'visible', reports: new Map(), decisions: [] });
  }

  reported(comment: ModelComment, member: number): void {
    if (!comment.reports.has(member)) comment.reports.set(member, 'open');
  }

  decided(comment: ModelComment, id: string, action: DecisionAction): void {
    this.#keep(comment, id);
    comment.status = TO[action];
    if (action === 'hold') return;
    const outcome = TO[action] === 'visible' ? 'dismissed' : 'upheld';
    for (const member of comment.reports.keys()) comment.reports.set(member, outcome);
  }

  /** Everything is as it was before the decision that is taken back; what was said since stays. */
  undone(comment: ModelComment, id: string, undoes: string): void {
    const before = comment.decisions.find((decision) => decision.id === undoes);
    if (before === undefined) throw new Error('something was taken back that was never decided');
    this.#keep(comment, id);
    comment.status = before.status;
    for (const [member, outcome] of before.outcomes) comment.reports.set(member, outcome);
  }

  #keep(comment: ModelComment, id: string): void {
    comment.decisions.push({ id, status: comment.status, outcomes: new Map(comment.reports) });
  }

  sanctioned(sanction: Pick<ModelSanction, 'id' | 'member' | 'kind' | 'by' | 'until'>): void {
    this.sanctions.push({ ...sanction, acknowledged: false, lifted: false, appeal: null });
  }

  lifted(member: number, kind: SanctionKind): void {
    for (const one of this.sanctions) {
      if (one.member === member && one.kind === kind && this.isInForce(one)) one.lifted = true;
    }
  }

  answered(sanction: ModelSanction, outcome: 'granted' | 'refused'): void {
    // A warning that was confirmed is taken back all the same.
    const stands = sanction.kind === 'warning' || this.isInForce(sanction);
    if (outcome === 'granted' && stands) sanction.lifted = true;
    sanction.appeal = outcome;
  }

  isInForce({ kind, until, acknowledged, lifted }: ModelSanction): boolean {
    return !lifted && !(kind === 'warning' && acknowledged) && (until === null || until > this.now);
  }

  /** Writes and reports nothing. */
  isStopped(member: number): boolean {
    return this.sanctions.some((one) => one.member === member && one.kind !== 'pre-moderation' && this.isInForce(one));
  }

  listOf({ status, reports }: ModelComment): 'reported' | 'held' | 'rejected' | null {
    if (status === 'removed') return null;
    if (status !== 'visible') return status;
    return [...reports.values()].includes('open') ? 'reported' : null;
  }

  /** How often a member's complaints were settled so. */
  settled(member: number, outcome: Outcome): number {
    return this.comments.filter(({ reports }) => reports.get(member) === outcome).length;
  }
}
