import { expect } from '@jest/globals';
import {
  type Command,
  type CommandMeta,
  type Decider,
  DomainError,
  ERASED,
  type ErrorCode,
  type EventEnvelope,
  type Fact,
  type Remembered,
} from '../../libs/kernel/index.ts';

/** The moment at which facts have happened and commands are sent, unless a test says otherwise. */
export const NOW = '2015-10-05T08:00:00.000Z';
const COMMAND_ID = 'c0000000-0000-4000-8000-000000000001';

/** A fact that happened at another moment than NOW, whose envelope a test cares about, or whose key was destroyed. */
export interface Happened<F extends Fact> {
  readonly fact: F;
  readonly envelope: Partial<EventEnvelope>;
  readonly erased?: true;
}

export function happened<F extends Fact>(fact: F, envelope: Partial<EventEnvelope>): Happened<F> {
  return { fact, envelope };
}

/** The fact as it is read once the key of its personal part was destroyed. */
export function erased<F extends Fact>(fact: F): Happened<F> {
  return { fact, envelope: {}, erased: true };
}

/** What a command carries besides its wish; `over` replaces single fields. */
export function metaOf(over: Partial<CommandMeta> = {}): CommandMeta {
  const meta = { commandId: COMMAND_ID, actor: 'system', now: NOW, correlationId: 'test', causationId: null };
  return { ...meta, ...over };
}

/** Facts as a stream gives them back: revisions from 0n, both times NOW. */
export function remembered<F extends Fact>(facts: readonly (F | Happened<F>)[]): readonly Remembered<F>[] {
  return facts.map((entry, index) => {
    const { fact, envelope, erased: gone = false } = 'fact' in entry ? entry : { fact: entry, envelope: {} };
    const personal = gone ? ERASED : fact.personal;
    const whole: unknown = { ...fact, personal, envelope: { ...envelopeAt(index), ...envelope } };
    if (!isRemembered<F>(whole)) throw new TypeError('a fact has a type');
    return whole;
  });
}

/**
 * Reads as a rule does:
 *
 *     given(commentDecider, [posted]).when(new RemoveComment(…), needs).then([removed]);
 *     given(commentDecider, []).when(new PostComment(…), { ...needs, post: null }).thenRefused('post_not_found');
 */
export function given<State, C extends Command, F extends Fact, Needed>(
  decider: Decider<State, C, F, Needed>,
  facts: readonly (F | Happened<F>)[],
) {
  const decide = (command: C, needed: Needed): readonly F[] =>
    decider.decide(command, remembered(facts).reduce(decider.evolve, decider.initial()), needed);
  return {
    when: (command: C, needed: Needed) => ({
      // biome-ignore lint/suspicious/noThenProperty: a specification reads given, when, then; nobody awaits it
      then: (expected: readonly F[]): void => expect(decide(command, needed)).toStrictEqual(expected),
      /** `field` is the one that is named as wrong. */
      thenRefused: (code: ErrorCode, more: { field?: string; retryAfterSeconds?: number } = {}): void => {
        const { field, ...rest } = more;
        const error = refusal(() => decide(command, needed));
        expect(error).toMatchObject({ code, ...rest });
        if (field !== undefined) expect(error.errors).toEqual([{ field, message: expect.stringMatching(/./u) }]);
      },
    }),
  };
}

/** The DomainError that the work ends with; any other end fails the test. */
export function refusal(work: () => unknown): DomainError {
  let answer: unknown;
  try {
    answer = work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`expected a refusal, but it was allowed: ${JSON.stringify(answer)}`);
}

function envelopeAt(index: number): EventEnvelope {
  return {
    id: `e0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    stream: 'test',
    revision: BigInt(index),
    position: BigInt(index + 1),
    recordedAt: NOW,
    occurredAt: NOW,
    actor: 'system',
    correlationId: 'test',
    causationId: null,
  };
}

function isRemembered<F extends Fact>(candidate: unknown): candidate is Remembered<F> {
  return typeof candidate === 'object' && candidate !== null && 'type' in candidate;
}
