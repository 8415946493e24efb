import { describe, test } from '@jest/globals';
import { given, happened, metaOf, NOW } from '../../../test/support/given.ts';
import {
  BeginErasure,
  FinishErasure,
  RecordErasureStep,
  RememberErased,
  RequestErasure,
  TakeBackErasure,
  TakeBackWithAccount,
} from './erasure.commands.ts';
import { erasureDecider } from './erasure.decider.ts';
import type { ErasureBegun, ErasureEvent, ErasureRequested, ErasureTakenBack } from './erasure.events.ts';

const erasureId = '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e0e01';
const days = (count: number): string => new Date(Date.parse(NOW) + count * 86_400_000).toISOString();
const about = { erasureId, subject: 'member', memberId: 'm1', commentId: null, source: null } as const;
const words = { email: null, name: null, reason: null };
const request = (comments: 'keep' | 'remove', inDays: number) =>
  new RequestErasure({ ...about, comments, dueAt: days(inDays), ...words }, metaOf());
const requested = (comments: 'keep' | 'remove', inDays: number): ErasureRequested => ({
  type: 'ErasureRequested.v1',
  data: { ...about, comments, dueAt: days(inDays) },
  personal: words,
});
const takenBack: ErasureTakenBack = {
  type: 'ErasureTakenBack.v1',
  data: { erasureId, because: 'asked' },
  personal: null,
};
const begun: ErasureBegun = { type: 'ErasureBegun.v1', data: { erasureId }, personal: null };
const done = (step: 'sessions' | 'comments'): ErasureEvent => ({
  type: 'ErasureStepDone.v1',
  data: { erasureId, step, count: 1 },
  personal: null,
});
const takeBack = () => new TakeBackErasure({ erasureId, because: 'asked' }, metaOf());
const begin = (inDays: number) => new BeginErasure({ erasureId }, metaOf({ now: days(inDays) }));

describe('an erasure', () => {
  test('stands as it was asked for first; the same wish brings it forward, another one waits for the taking back', () => {
    given(erasureDecider, [])
      .when(request('keep', 14), null)
      .then([requested('keep', 14)]);
    const waiting = [requested('keep', 14)];
    given(erasureDecider, waiting).when(request('keep', 14), null).then([]);
    for (const inDays of [0, 14, 15])
      given(erasureDecider, waiting).when(request('remove', inDays), null).thenRefused('conflict');
    given(erasureDecider, waiting)
      .when(request('keep', 0), null)
      .then([requested('keep', 0)]);
    given(erasureDecider, [...waiting, takenBack])
      .when(request('remove', 3), null)
      .then([requested('remove', 3)]);
    given(erasureDecider, [...waiting, begun])
      .when(request('keep', 0), null)
      .then([]);
    given(erasureDecider, [...waiting, begun])
      .when(request('remove', 0), null)
      .thenRefused('conflict');
  });

  test('is taken back until it begins, and begins when it is due', () => {
    const waiting = [requested('keep', 14)];
    given(erasureDecider, []).when(takeBack(), null).thenRefused('not_found');
    given(erasureDecider, waiting).when(takeBack(), null).then([takenBack]);
    given(erasureDecider, [requested('keep', 0)])
      .when(takeBack(), null)
      .thenRefused('conflict');
    given(erasureDecider, waiting).when(begin(13), null).thenRefused('conflict');
    given(erasureDecider, waiting).when(begin(14), null).then([begun]);
    given(erasureDecider, [...waiting, begun])
      .when(takeBack(), null)
      .thenRefused('conflict');
    given(erasureDecider, [...waiting, takenBack])
      .when(begin(14), null)
      .thenRefused('not_found');
  });

  test('goes with an account that is taken back, when the member asked for it since', () => {
    const back = (since: string | null) => new TakeBackWithAccount({ erasureId, memberId: 'm1', since }, metaOf());
    const undone: ErasureEvent = { ...takenBack, data: { erasureId, because: 'account' } };
    const own = happened(requested('keep', 14), { actor: 'm1' });
    given(erasureDecider, [own]).when(back(NOW), null).then([undone]);
    given(erasureDecider, [own]).when(back(null), null).then([undone]);
    given(erasureDecider, [happened(requested('keep', 0), { actor: 'm1' })])
      .when(back(NOW), null)
      .then([undone]);
    given(erasureDecider, [own])
      .when(back(days(1.01)), null)
      .then([]);
    given(erasureDecider, [happened(requested('keep', 14), { actor: 'admin' })])
      .when(back(NOW), null)
      .then([]);
    given(erasureDecider, [own, begun]).when(back(NOW), null).then([]);
    given(erasureDecider, [own, takenBack]).when(back(NOW), null).then([]);
    given(erasureDecider, []).when(back(NOW), null).then([]);
  });

  test('records each step once, and nothing after its end', () => {
    const running = [requested('keep', 0), begun];
    const step = new RecordErasureStep({ erasureId, step: 'sessions', count: 1 }, metaOf());
    const finish = new FinishErasure({ erasureId }, metaOf());
    const finished: ErasureEvent = { type: 'ErasureFinished.v1', data: { erasureId }, personal: null };
    given(erasureDecider, [requested('keep', 0)])
      .when(step, null)
      .thenRefused('conflict');
    given(erasureDecider, running)
      .when(step, null)
      .then([done('sessions')]);
    given(erasureDecider, [...running, done('sessions')])
      .when(step, null)
      .then([]);
    given(erasureDecider, running).when(finish, null).then([finished]);
    given(erasureDecider, [...running, finished])
      .when(finish, null)
      .then([]);
  });

  test('remembers whom it takes, each once, while it is carried out', () => {
    const remember = (...marks: readonly string[]) => new RememberErased({ erasureId, marks }, metaOf());
    const remembered = (...marks: readonly string[]): ErasureEvent => ({
      type: 'ErasureRemembered.v1',
      data: { erasureId, marks },
      personal: null,
    });
    const running = [requested('remove', 0), begun];
    given(erasureDecider, running)
      .when(remember('a', 'b', 'a'), null)
      .then([remembered('a', 'b')]);
    given(erasureDecider, [...running, remembered('a')])
      .when(remember('a', 'b'), null)
      .then([remembered('b')]);
    given(erasureDecider, [...running, remembered('a')])
      .when(remember('a'), null)
      .then([]);
    given(erasureDecider, [requested('remove', 0)])
      .when(remember('a'), null)
      .thenRefused('conflict');
  });
});
