import { deriveId, unreachable } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { streams } from '../commands/streams.ts';
import { DecideOnComment } from '../domain/comment/decision.commands.ts';
import type { Seen } from '../domain/comment/decision.events.ts';
import { SetPolicy } from '../domain/policy/policy.commands.ts';
import { ReportComment } from '../domain/report/report.commands.ts';
import {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  SanctionMember,
} from '../domain/sanction/sanction.commands.ts';
import type { Cast } from './cast.ts';
import type { Moderated } from './timeline.ts';

interface ModerationParts {
  readonly cast: Cast;
  readonly commands: Commands;
  /** The newest revision of a stream that is there. */
  readonly revisionOf: (stream: string) => Promise<number>;
}

/**
 * Members' reports and moderators' decisions in the demo; it remembers what stood on a moderator's screen meanwhile.
 */
export class DemoModeration {
  readonly #parts: ModerationParts;
  readonly #reports = new Map<string, Seen['reports'][number][]>();
  #policyVersion = 0;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  async record(happening: Moderated, index: number): Promise<void> {
    switch (happening.kind) {
      case 'report':
        return this.#report(happening, index);
      case 'decide':
        return this.#decide(happening, index);
      case 'set-policy':
        return this.#setPolicy(happening, index);
      case 'warn':
      case 'acknowledge':
      case 'appeal':
      case 'answer-appeal':
        return this.#parts.commands.execute(this.#sanctionCommand(happening, index)).then(() => undefined);
      default:
        return unreachable(happening);
    }
  }

  async #report({ at, commentId, report }: Extract<Moderated, { kind: 'report' }>, index: number): Promise<void> {
    const { cast, commands } = this.#parts;
    const { by, reason, note = null } = report;
    const revision = await this.#revision(commentId);
    await commands.execute(
      new ReportComment({ commentId, by: cast.actor(by), reason, note }, cast.meta(by, at, index)),
    );
    const open = this.#reports.get(commentId) ?? [];
    this.#reports.set(commentId, [...open, { memberId: cast.memberId(by), reason, revision }]);
  }

  async #decide(happening: Extract<Moderated, { kind: 'decide' }>, index: number): Promise<void> {
    const { cast, commands } = this.#parts;
    const { at, commentId, branch } = happening;
    const { by, action, reason = null, note = '' } = happening.decision;
    const meta = cast.meta(by, at, index);
    const surroundings = await Promise.all(
      branch.map(async (id) => ({ commentId: id, revision: await this.#revision(id) })),
    );
    const seen: Seen = {
      policyVersion: this.#policyVersion,
      reports: this.#reports.get(commentId) ?? [],
      surroundings,
    };
    const decisionId = deriveId(meta.commandId, 'decision');
    const revision = await this.#revision(commentId);
    const decision = { commentId, decisionId, action, reason, note, revision, seen, bulkId: null };
    await commands.execute(new DecideOnComment({ ...decision, by: cast.actor(by) }, meta));
    this.#reports.delete(commentId);
  }

  async #setPolicy({ at, setting }: Extract<Moderated, { kind: 'set-policy' }>, index: number): Promise<void> {
    const { cast, commands } = this.#parts;
    const { by, policy, note } = setting;
    const version = this.#policyVersion + 1;
    await commands.execute(new SetPolicy({ version, policy, restores: null, note }, cast.meta(by, at, index)));
    this.#policyVersion = version;
  }

  #sanctionCommand(
    happening: Extract<Moderated, { kind: 'warn' | 'acknowledge' | 'appeal' | 'answer-appeal' }>,
    index: number,
  ): SanctionMember | AcknowledgeWarning | AppealSanction | DecideAppeal {
    const { cast } = this.#parts;
    const { kind, at, commentId, member } = happening;
    const memberId = cast.memberId(member);
    const sanctionId = deriveId('demo', 'sanction', commentId);
    const ids = { memberId, sanctionId };
    switch (kind) {
      case 'warn': {
        const { by, reason, statement } = happening.sanction;
        const sanction = { ...ids, kind: 'warning', until: null, reason, commentId, statement } as const;
        return new SanctionMember({ ...sanction, by: cast.actor(by) }, cast.meta(by, at, index));
      }
      case 'acknowledge':
        return new AcknowledgeWarning(ids, cast.meta(member, at, index));
      case 'appeal':
        return new AppealSanction({ ...ids, text: happening.appeal.text }, cast.meta(member, at, index));
      case 'answer-appeal': {
        const { by, outcome, answer } = happening.appeal.decided;
        return new DecideAppeal({ ...ids, outcome, answer, by: cast.actor(by) }, cast.meta(by, at, index));
      }
      default:
        return unreachable(kind);
    }
  }

  #revision(commentId: string): Promise<number> {
    return this.#parts.revisionOf(streams.comment(commentId));
  }
}
