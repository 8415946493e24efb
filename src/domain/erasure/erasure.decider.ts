import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import type { ErasedComments, ErasureState, ErasureStep } from '../../../libs/words/index.ts';
import { undoneFrom } from '../member/take-back.events.ts';
import type {
  BeginErasure,
  ErasureCommand,
  RecordErasureStep,
  RememberErased,
  RequestErasure,
  TakeBackErasure,
  TakeBackWithAccount,
} from './erasure.commands.ts';
import type { ErasureEvent } from './erasure.events.ts';

export interface ErasureProgress {
  /** Null before anybody asked. */
  state: ErasureState | null;
  comments: ErasedComments;
  /** RFC 3339. */
  dueAt: string;
  /** When it was asked for (RFC 3339), and by whom. */
  requestedAt: string;
  askedBy: string;
  readonly done: Set<ErasureStep>;
  readonly marks: Set<string>;
}

/** An erasure waits until it is due, can be taken back until then, and ends once every step is done. */
export const erasureDecider: Decider<ErasureProgress, ErasureCommand, ErasureEvent, null> = {
  initial: () => ({
    state: null,
    comments: 'keep',
    dueAt: '',
    requestedAt: '',
    askedBy: '',
    done: new Set(),
    marks: new Set(),
  }),
  decide: (command, progress) => {
    switch (command.type) {
      case 'RequestErasure':
        return request(command, progress);
      case 'TakeBackErasure':
        return takeBack(command, progress);
      case 'TakeBackWithAccount':
        return takeBackWithAccount(command, progress);
      case 'BeginErasure':
        return begin(command, progress);
      case 'RememberErased':
        return remember(command, progress);
      case 'RecordErasureStep':
        return recordStep(command, progress);
      case 'FinishErasure':
        if (progress.state === 'done') return [];
        requireRunning(progress);
        return [{ type: 'ErasureFinished.v1', data: command.data, personal: null }];
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(progress: ErasureProgress, fact: Remembered<ErasureEvent>): ErasureProgress {
  switch (fact.type) {
    case 'ErasureRequested.v1': {
      const { comments, dueAt } = fact.data;
      const { occurredAt: requestedAt, actor: askedBy } = fact.envelope;
      return Object.assign(progress, { state: 'waiting', comments, dueAt, requestedAt, askedBy });
    }
    case 'ErasureTakenBack.v1':
      progress.state = 'taken-back';
      return progress;
    case 'ErasureBegun.v1':
      progress.state = 'running';
      return progress;
    case 'ErasureRemembered.v1':
      for (const mark of fact.data.marks) progress.marks.add(mark);
      return progress;
    case 'ErasureStepDone.v1':
      progress.done.add(fact.data.step);
      return progress;
    case 'ErasureFinished.v1':
      progress.state = 'done';
      return progress;
    default:
      return unreachable(fact);
  }
}

/**
 * The first wish stands until it is taken back; asked again with the same wish and an earlier time, it is brought forward.
 * Throws DomainError conflict for another wish about the comments, which must not pass for heard.
 */
function request({ data }: RequestErasure, { state, comments, dueAt }: ErasureProgress): readonly ErasureEvent[] {
  const isAnother = data.comments !== comments;
  if (state === 'waiting' && isAnother) {
    throw new DomainError('conflict', 'Another wish about the comments waits: take it back first.');
  }
  if (state === 'running' || state === 'done') {
    if (isAnother) throw new DomainError('conflict', 'This erasure has begun with another wish about the comments.');
    return [];
  }
  const isEarlier = Date.parse(data.dueAt) < Date.parse(dueAt);
  if (state === 'waiting' && !isEarlier) return [];
  const { email, name, reason, ...asked } = data;
  return [{ type: 'ErasureRequested.v1', data: asked, personal: { email, name, reason } }];
}

/** One that is due is as good as begun. Throws DomainError not_found, conflict. */
function takeBack({ data, meta }: TakeBackErasure, { state, dueAt }: ErasureProgress): readonly ErasureEvent[] {
  if (state === null) throw notFound();
  if (state === 'taken-back') return [];
  const isDue = data.because === 'asked' && Date.parse(meta.now) >= Date.parse(dueAt);
  if (state !== 'waiting' || isDue) {
    throw new DomainError('conflict', 'This erasure has begun and cannot be taken back.');
  }
  return [{ type: 'ErasureTakenBack.v1', data, personal: null }];
}

/** One that an admin asked for stays, and so does an older one, and one that has begun. */
function takeBackWithAccount(
  { data: { erasureId, memberId, since } }: TakeBackWithAccount,
  { state, requestedAt, askedBy }: ErasureProgress,
): readonly ErasureEvent[] {
  const isOlder = since !== null && Date.parse(requestedAt) < Date.parse(undoneFrom(since));
  if (state !== 'waiting' || askedBy !== memberId || isOlder) return [];
  return [{ type: 'ErasureTakenBack.v1', data: { erasureId, because: 'account' }, personal: null }];
}

function begin({ data, meta }: BeginErasure, { state, dueAt }: ErasureProgress): readonly ErasureEvent[] {
  if (state === null || state === 'taken-back') throw notFound();
  if (state !== 'waiting') return [];
  if (Date.parse(meta.now) < Date.parse(dueAt)) throw new DomainError('conflict', `This erasure is due at ${dueAt}.`);
  return [{ type: 'ErasureBegun.v1', data, personal: null }];
}

function remember({ data: { erasureId, marks } }: RememberErased, progress: ErasureProgress): readonly ErasureEvent[] {
  const added = [...new Set(marks)].filter((mark) => !progress.marks.has(mark));
  if (added.length === 0) return [];
  requireRunning(progress);
  return [{ type: 'ErasureRemembered.v1', data: { erasureId, marks: added }, personal: null }];
}

function recordStep({ data }: RecordErasureStep, progress: ErasureProgress): readonly ErasureEvent[] {
  if (progress.done.has(data.step)) return [];
  requireRunning(progress);
  return [{ type: 'ErasureStepDone.v1', data, personal: null }];
}

function requireRunning({ state }: ErasureProgress): void {
  if (state !== 'running') throw new DomainError('conflict', 'This erasure has not begun, or is done.');
}

function notFound(): DomainError {
  return new DomainError('not_found', 'There is no such erasure.');
}
