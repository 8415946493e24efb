import { describe, expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { type Command, DomainError, deriveId } from '../../../libs/kernel/index.ts';
import { digestOf } from '../../../libs/projections/digest.ts';
import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { DECISION_ACTIONS, REPORT_OUTCOMES, SANCTION_KINDS } from '../../../libs/words/index.ts';
import { metaOf, NOW } from '../../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../../test/support/recording-forum.ts';
import { ModerationModel } from '../../../test/views/moderation-model.ts';
import { PostComment } from '../../domain/comment/comment.commands.ts';
import { DecideOnComment, UndoDecision } from '../../domain/comment/decision.commands.ts';
import type { Actor } from '../../domain/member/actor.ts';
import { ReportComment } from '../../domain/report/report.commands.ts';
import {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  LiftSanction,
  SanctionMember,
} from '../../domain/sanction/sanction.commands.ts';
import { idBytes } from '../ids.ts';
import { sanctionsView } from '../sanctions/sanctions.view.ts';
import { moderationQueueView } from './queue.view.ts';

const HOUR = 3_600_000;
const who = fc.nat({ max: 2 });
const which = fc.nat({ max: 5 });
/** The first few members only, so that enough happens to each. */
const sanction = fc.nat({ max: 2 });
/** Members 3 and 4 are moderators. Members 0 to 2, and one moderator, write, report and are decided on. */
const moderator = fc.constantFrom(3, 4);
const step = fc.oneof(
  fc.record({ do: fc.constant('post' as const), who: fc.constantFrom(0, 1, 2, 3) }),
  fc.record({ do: fc.constant('report' as const), who, which }),
  fc.record({ do: fc.constant('decide' as const), by: moderator, which, action: fc.constantFrom(...DECISION_ACTIONS) }),
  fc.record({ do: fc.constant('undo' as const), by: moderator, which, back: fc.nat({ max: 1 }) }),
  fc.record({ do: fc.constant('sanction' as const), by: moderator, who, kind: fc.constantFrom(...SANCTION_KINDS) }),
  fc.record({ do: fc.constant('lift' as const), by: moderator, who, kind: fc.constantFrom(...SANCTION_KINDS) }),
  fc.record({ do: fc.constant('acknowledge' as const), which: sanction }),
  { arbitrary: fc.record({ do: fc.constant('appeal' as const), which: sanction }), weight: 2 },
  fc.record({
    do: fc.constant('answer' as const),
    by: moderator,
    which: sanction,
    outcome: fc.constantFrom('granted' as const, 'refused' as const),
  }),
  fc.record({ do: fc.constant('wait' as const), hours: fc.nat({ max: 2 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** A forum and its model, which receive the same acts. */
class Play {
  readonly forum: RecordingForum;
  readonly members: readonly string[];
  readonly postId: string;
  readonly model = new ModerationModel(Date.parse(NOW));
  readonly commentIds: string[] = [];
  #commands = 0;

  private constructor(forum: RecordingForum, members: readonly string[], postId: string) {
    this.forum = forum;
    this.members = members;
    this.postId = postId;
  }

  static async open(): Promise<Play> {
    const forum = await openRecordingForum();
    const members: string[] = [];
    for (const n of [3, 4, 0, 1, 2]) {
      const wish = {
        handle: `member-${n}`,
        displayName: `M ${n}`,
        email: `m${n}@x.example`,
        password: 'a long password',
        locale: 'en',
      };
      const { memberId } = await forum.registration.register(wish, metaOf({ commandId: deriveId('register', n) }));
      members[n] = memberId;
    }
    const post = { title: 'Borders', body: 'Text.', locale: 'en', authorId: members[3] ?? '' };
    const { postId } = await forum.publishing.publish(post, metaOf({ commandId: deriveId('publish', 1) }));
    return new Play(forum, members, postId);
  }

  actor(n: number): Actor {
    return { memberId: this.members[n] ?? '', roles: n > 2 ? ['moderator'] : ['member'] };
  }

  /** Whether the command was accepted; any error that is no refusal is a fault. */
  async #send(make: (meta: ReturnType<typeof metaOf>) => Command, by: number): Promise<boolean> {
    this.#commands += 1;
    const now = new Date(this.model.now).toISOString();
    const meta = metaOf({ commandId: deriveId('step', this.#commands), actor: this.members[by] ?? '', now });
    try {
      await this.forum.commands.execute(make(meta));
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  async play(step: Step): Promise<void> {
    const { model } = this;
    switch (step.do) {
      case 'wait':
        model.now += step.hours * HOUR;
        return;
      case 'post': {
        const id = deriveId('comment', this.commentIds.length);
        const data = {
          commentId: id,
          postId: this.postId,
          parentId: null,
          body: `Text ${id}`,
          by: this.actor(step.who),
        };
        const accepted = await this.#send((meta) => new PostComment(data, meta), step.who);
        expect(accepted).toBe(!model.isStopped(step.who));
        if (!accepted) return;
        model.posted(step.who);
        this.commentIds.push(id);
        return;
      }
      case 'report':
      case 'decide':
      case 'undo':
        return this.#onComment(step);
      default:
        return this.#onMember(step);
    }
  }

  async #onComment(step: Extract<Step, { do: 'report' | 'decide' | 'undo' }>): Promise<void> {
    const { model } = this;
    const [comment, commentId] = [model.comments[step.which], this.commentIds[step.which]];
    if (comment === undefined || commentId === undefined) return;
    const seen = { policyVersion: 0, reports: [], surroundings: [] };
    if (step.do === 'report') {
      const wish = { commentId, by: this.actor(step.who), reason: 'spam' as const, note: null };
      const accepted = await this.#send((meta) => new ReportComment(wish, meta), step.who);
      const isOpen = comment.status === 'visible' && comment.author !== step.who && !model.isStopped(step.who);
      expect(accepted).toBe(isOpen);
      if (accepted) model.reported(comment, step.who);
      return;
    }
    const id = deriveId('decision', this.#commands);
    const decision = { commentId, decisionId: id, note: '', seen, bulkId: null, by: this.actor(step.by) };
    if (step.do === 'decide') {
      const revision = (await this.forum.events(`comment-${commentId}`)).length - 1;
      const wish = { ...decision, action: step.action, reason: 'spam' as const, revision };
      const accepted = await this.#send((meta) => new DecideOnComment(wish, meta), step.by);
      if (comment.author === step.by) expect(accepted).toBe(false);
      if (accepted) model.decided(comment, id, step.action);
      return;
    }
    const undoes = comment.decisions.at(-1 - step.back)?.id;
    if (undoes === undefined) return;
    const accepted = await this.#send((meta) => new UndoDecision({ ...decision, undoes }, meta), step.by);
    expect(accepted).toBe(step.back === 0 && comment.author !== step.by);
    if (accepted) model.undone(comment, id, undoes);
  }

  async #onMember(step: Exclude<Step, { do: 'wait' | 'post' | 'report' | 'decide' | 'undo' }>): Promise<void> {
    const { model } = this;
    if (step.do === 'sanction' || step.do === 'lift') {
      const { kind, who: member, by } = step;
      const target = { memberId: this.members[member] ?? '', kind, by: this.actor(by) };
      if (step.do === 'lift') {
        expect(await this.#send((meta) => new LiftSanction({ ...target, note: '' }, meta), by)).toBe(true);
        model.lifted(member, kind);
        return;
      }
      const until = kind === 'suspension' ? model.now + HOUR : null;
      const sanctionId = deriveId('sanction', this.#commands);
      const more = { sanctionId, reason: 'spam' as const, commentId: null, statement: 'Enough' };
      const wish = { ...target, ...more, until: until === null ? null : new Date(until).toISOString() };
      const inForce = model.sanctions.find((one) => one.member === member && one.kind === kind && model.isInForce(one));
      const isRepeat = inForce?.by === by && inForce.until === until;
      const accepted = await this.#send((meta) => new SanctionMember(wish, meta), by);
      expect(accepted).toBe(inForce === undefined || isRepeat);
      if (inForce === undefined) model.sanctioned({ id: sanctionId, member, kind, by, until });
      return;
    }
    const sanction = model.sanctions[step.which];
    if (sanction === undefined) return;
    const about = { memberId: this.members[sanction.member] ?? '', sanctionId: sanction.id };
    switch (step.do) {
      case 'acknowledge': {
        const accepted = await this.#send((meta) => new AcknowledgeWarning(about, meta), sanction.member);
        expect(accepted).toBe(sanction.kind === 'warning');
        if (accepted && !sanction.lifted) sanction.acknowledged = true;
        return;
      }
      case 'appeal': {
        const accepted = await this.#send(
          (meta) => new AppealSanction({ ...about, text: 'No' }, meta),
          sanction.member,
        );
        expect(accepted).toBe(sanction.appeal === null && (sanction.kind === 'warning' || model.isInForce(sanction)));
        if (accepted) sanction.appeal = 'open';
        return;
      }
      case 'answer': {
        const { by, outcome } = step;
        const wish = { ...about, outcome, answer: 'So be it', by: this.actor(by) };
        const accepted = await this.#send((meta) => new DecideAppeal(wish, meta), by);
        expect(accepted).toBe(sanction.appeal === 'open' && sanction.by !== by);
        if (accepted) model.answered(sanction, outcome);
        return;
      }
      default:
        step satisfies never;
    }
  }
}

function folded(view: ViewDefinition, events: readonly RecordedEvent[], batch: number): Database {
  const db = openViewForWriting(':memory:', view);
  const writer = new ViewWriter(view, ':memory:', db);
  for (let start = 0; start < events.length; start += batch) {
    const some = events.slice(start, start + batch);
    writer.fold(some, some.at(-1)?.position ?? 0n);
  }
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

const LISTS = ['reported', 'held', 'rejected'] as const;

/** The queue's rows about everything that the model knows. */
function queueIn(db: Database, { commentIds, members, model }: Play) {
  const item = db.prepare<unknown[], { list: number | null }>('SELECT list FROM item WHERE comment = ?');
  const report = db.prepare<unknown[], { outcome: number }>(
    'SELECT outcome FROM report WHERE comment = ? AND member = ?',
  );
  const reporter = db.prepare<unknown[], { upheld: number; dismissed: number }>(
    'SELECT upheld, dismissed FROM reporter WHERE member = ?',
  );
  return {
    lists: commentIds.map((id) => LISTS[item.get(idBytes(id))?.list ?? -1] ?? null),
    outcomes: commentIds.map((id, n) =>
      [...(model.comments[n]?.reports.keys() ?? [])].map((member) => {
        return REPORT_OUTCOMES[report.get(idBytes(id), idBytes(members[member] ?? ''))?.outcome ?? -1];
      }),
    ),
    settled: [0, 1, 2].map((n) => reporter.get(idBytes(members[n] ?? '')) ?? { upheld: 0, dismissed: 0 }),
  };
}

function sanctionsIn(db: Database) {
  return db
    .prepare<unknown[], Record<string, unknown>>(
      'SELECT kind, acknowledged, lifted_at IS NOT NULL AS lifted, outcome FROM sanction ORDER BY n',
    )
    .all();
}

function expectedOf({ model }: Play) {
  return {
    queue: {
      lists: model.comments.map((comment) => model.listOf(comment)),
      outcomes: model.comments.map(({ reports }) => [...reports.values()]),
      settled: [0, 1, 2].map((n) => {
        return { upheld: model.settled(n, 'upheld'), dismissed: model.settled(n, 'dismissed') };
      }),
    },
    sanctions: model.sanctions.map(({ kind, acknowledged, lifted, appeal }) => {
      return { kind, acknowledged: Number(acknowledged), lifted: Number(lifted), outcome: appeal };
    }),
  };
}

describe('whatever several moderators, reporters and members do', () => {
  it('queue, sanctions and appeals are as on paper, and the views equal a rebuild', async () => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 40, maxLength: 80, size: 'max' }),
      fc.integer({ min: 1, max: 9 }),
      async (steps, batch) => {
        const play = await Play.open();
        try {
          for (const one of steps) await play.play(one);
          const events = await play.forum.events();
          const [queue, sanctions] = [folded(moderationQueueView, events, batch), folded(sanctionsView, events, batch)];

          expect({ queue: queueIn(queue, play), sanctions: sanctionsIn(sanctions) }).toEqual(expectedOf(play));
          expect(digestOf(queue, moderationQueueView)).toBe(
            digestOf(folded(moderationQueueView, events, Number.POSITIVE_INFINITY), moderationQueueView),
          );
          expect(digestOf(sanctions, sanctionsView)).toBe(
            digestOf(folded(sanctionsView, events, Number.POSITIVE_INFINITY), sanctionsView),
          );
        } finally {
          await play.forum.close();
        }
      },
    );
    const numRuns = process.env['COLLOQUY_LONG'] === '1' ? 300 : 15;
    await fc.assert(property, { numRuns, endOnFailure: true });
  }, 150_000);
});
