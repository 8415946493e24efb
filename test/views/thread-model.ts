import fc from 'fast-check';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { deriveId, type Json } from '../../libs/kernel/index.ts';
import { type CommentSort, REACTION_KINDS, REACTION_WEIGHTS, type ReactionKind } from '../../libs/words/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import {
  commentEdited,
  commentHeld,
  commentPosted,
  commentRemoved,
  commentRestored,
  idOf,
  postPublished,
} from './small-forum.ts';

/** What somebody may do next; numbers choose among what is there, so that every sequence can be played. */
export interface Step {
  readonly act: 'post' | 'held-post' | 'edit' | 'hold' | 'remove' | 'restore' | 'react' | 'withdraw' | 'language';
  readonly choice: number;
  readonly author: number;
  readonly minute: number;
  readonly kind: ReactionKind;
}

const LANGUAGES = ['th', 'km', 'en'];

const acts = [
  'post',
  'post',
  'post',
  'held-post',
  'edit',
  'hold',
  'remove',
  'restore',
  'react',
  'react',
  'withdraw',
  'language',
] as const;
export const steps = fc.array(
  fc.record({
    act: fc.constantFrom(...acts),
    choice: fc.nat(1_000),
    author: fc.integer({ min: 1, max: 3 }),
    minute: fc.nat(5),
    kind: fc.constantFrom(...REACTION_KINDS),
  }),
  { maxLength: 60 },
);

export interface ModelComment {
  readonly number: number;
  readonly parent: ModelComment | null;
  readonly author: number;
  readonly at: number;
  status: 'visible' | 'held' | 'removed';
  hidden: boolean;
  readonly reactions: Map<string, ReactionKind>;
}

/** A thread as plain objects: what the view is compared with, and the events that made it. */
export class ThreadModel {
  readonly events: RecordedEvent[] = [];
  readonly comments: ModelComment[] = [];
  #commands = 0;

  constructor() {
    this.#record('post', [postPublished(1)], 0);
  }

  play(step: Step): void {
    const target = this.comments[step.choice % Math.max(1, this.comments.length)];
    if (step.act === 'post' || step.act === 'held-post') this.#post(step);
    else if (target) this.#change(step, target);
  }

  /** In the order of the sort, as those see it for whom `sees` holds. */
  inOrder(sort: CommentSort, sees: (comment: ModelComment) => boolean): readonly ModelComment[] {
    const byAge = (a: ModelComment, b: ModelComment): number => a.at - b.at || a.number - b.number;
    const byScore = (a: ModelComment, b: ModelComment): number => scoreOf(b) - scoreOf(a) || byAge(a, b);
    const order = { oldest: byAge, newest: (a: ModelComment, b: ModelComment) => byAge(b, a), best: byScore }[sort];
    const below = (parent: ModelComment): readonly ModelComment[] =>
      this.comments
        .filter((comment) => comment.parent === parent)
        .sort(byAge)
        .flatMap(branch);
    const branch = (comment: ModelComment): readonly ModelComment[] => [
      ...(sees(comment) ? [comment] : []),
      ...below(comment),
    ];
    return this.comments
      .filter(({ parent }) => parent === null)
      .sort(order)
      .flatMap(branch);
  }

  #post({ act, choice, author, minute }: Step): void {
    const number = this.comments.length + 1;
    const depth = (comment: ModelComment | null): number => (comment === null ? -1 : 1 + depth(comment.parent));
    const candidate = this.comments[choice % (this.comments.length + 2)] ?? null;
    const parent = candidate && depth(candidate) < 10 ? candidate : null;
    const held = act === 'held-post';
    const status = held ? 'held' : 'visible';
    this.comments.push({ number, parent, author, at: minute, status, hidden: held, reactions: new Map() });
    const posted = commentPosted(number, { parent: parent?.number ?? null, depth: depth(parent) + 1, author });
    this.#record(`comment-${number}`, held ? [posted, commentHeld(number)] : [posted], minute);
  }

  #change({ act, author, kind, minute }: Step, target: ModelComment): void {
    const { number } = target;
    const reaction = `${author} ${kind}`;
    const data = {
      commentId: idOf('comment', number),
      postId: idOf('post', 1),
      memberId: idOf('member', author),
      kind,
    };
    if (act === 'edit' && target.status !== 'removed') {
      // Some texts tell no language.
      this.#comment(number, commentEdited(number, 'other', 1, LANGUAGES[minute]), minute);
    }
    if (act === 'language' && target.status !== 'removed') {
      const { commentId, postId } = data;
      const said = { commentId, postId, language: LANGUAGES[minute % LANGUAGES.length] ?? 'th' };
      this.#comment(number, { type: 'CommentLanguageSet.v1', data: said, personal: null }, minute);
    }
    if (act === 'hold' && target.status === 'visible') {
      Object.assign(target, { status: 'held', hidden: true });
      this.#comment(number, commentHeld(number), minute);
    }
    if (act === 'remove' && target.status !== 'removed') {
      target.status = 'removed';
      this.#comment(number, commentRemoved(number), minute);
    }
    if (act === 'restore' && target.status !== 'visible') {
      Object.assign(target, { status: 'visible', hidden: false });
      this.#comment(number, commentRestored(number), minute);
    }
    if (act === 'react' && !target.reactions.has(reaction)) {
      target.reactions.set(reaction, kind);
      this.#record(`reaction-${number}-${author}`, [{ type: 'ReactionAdded.v1', data, personal: null }], minute);
    }
    if (act === 'withdraw' && target.reactions.delete(reaction)) {
      this.#record(`reaction-${number}-${author}`, [{ type: 'ReactionWithdrawn.v1', data, personal: null }], minute);
    }
  }

  #comment(number: number, event: ForumEvent, minute: number): void {
    this.#record(`comment-${number}`, [event], minute);
  }

  #record(stream: string, facts: readonly ForumEvent[], minute: number): void {
    const correlationId = deriveId('command', (this.#commands += 1));
    for (const { type, data, personal } of facts) {
      const revision = BigInt(this.events.filter((event) => event.stream === stream).length);
      const position = BigInt(this.events.length + 1);
      const at = new Date(Date.UTC(2015, 9, 1, 0, minute)).toISOString();
      this.events.push({
        id: deriveId('event', String(position)),
        ...{
          type,
          stream,
          revision,
          position,
          recordedAt: at,
          occurredAt: at,
          actor: 'system',
          correlationId,
          causationId: null,
        },
        data: jsonOf(data),
        sealed: personal === null ? null : Buffer.from(`${type} ${position}`),
      });
    }
  }
}

/** Nothing hidden, neither itself nor above. */
export function isInTheOpen(comment: ModelComment): boolean {
  return !comment.hidden && (comment.parent === null || isInTheOpen(comment.parent));
}

function scoreOf({ author, reactions }: ModelComment): number {
  const others = [...reactions].filter(([reaction]) => !reaction.startsWith(`${author} `));
  return others.reduce((sum, [, kind]) => sum + REACTION_WEIGHTS[kind], 0);
}

function jsonOf(data: object): Json {
  return JSON.parse(JSON.stringify(data));
}
