import { describe, expect, test } from '@jest/globals';
import { given, happened, metaOf, NOW } from '../../../test/support/given.ts';
import { emailName, handleName, slugName, turnName } from './names.ts';
import { ReleaseName, ReserveName, TakeTurn } from './reservation.commands.ts';
import { type ReservationNeeds, reservationDecider } from './reservation.decider.ts';
import type { NameReleased, NameReserved } from './reservation.events.ts';

const name = 'handle-somchai';
const needs: ReservationNeeds = { absent: null, lastCommentAt: null };
const reserve = (holder: string, over = {}) => new ReserveName({ name, holder, ...over }, metaOf());
const reserved = (holder: string): NameReserved => ({
  type: 'NameReserved.v1',
  data: { name, holder },
  personal: null,
});
const released = (holder: string): NameReleased => ({
  type: 'NameReleased.v1',
  data: { name, holder },
  personal: null,
});
const ago = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const nothing = given(reservationDecider, []);

describe('a name', () => {
  test('is held by the first, who may ask again', () => {
    nothing.when(reserve('m1'), needs).then([reserved('m1')]);
    given(reservationDecider, [reserved('m1')])
      .when(reserve('m1'), needs)
      .then([]);
  });

  test.each([
    ['handle-somchai', 'handle_taken'],
    ['slug-borders', 'slug_taken'],
    ['email-00ff', 'conflict'],
    ['founder', 'conflict'],
  ] as const)('%s of another is refused with %s', (taken, code) => {
    given(reservationDecider, [reserved('m1')])
      .when(reserve('m2', { name: taken }), needs)
      .thenRefused(code);
  });

  test('is free again when its holder releases it, and nobody else can', () => {
    const release = (holder: string) => new ReleaseName({ name, holder }, metaOf());
    given(reservationDecider, [reserved('m1')])
      .when(release('m1'), needs)
      .then([released('m1')]);
    given(reservationDecider, [reserved('m1')])
      .when(release('m2'), needs)
      .then([]);
    nothing.when(release('m1'), needs).then([]);
    given(reservationDecider, [reserved('m1'), released('m1')])
      .when(reserve('m2'), needs)
      .then([reserved('m2')]);
  });

  test('whose holder never came to be is taken over after a minute', () => {
    const orphaned = { ...needs, absent: 'm1' };
    const since = (seconds: number) =>
      given(reservationDecider, [happened(reserved('m1'), { recordedAt: ago(seconds) })]);
    since(61)
      .when(reserve('m2'), orphaned)
      .then([released('m1'), reserved('m2')]);
    since(61).when(reserve('m2'), needs).thenRefused('handle_taken');
    since(59).when(reserve('m2'), orphaned).thenRefused('handle_taken');
    since(61)
      .when(reserve('m2'), { ...needs, absent: 'm0' })
      .thenRefused('handle_taken');
  });
});

describe('a turn in slow mode', () => {
  const turn = { name: 'turn-p1-m1', postId: 'p1', memberId: 'm1', everySeconds: 60, slowSince: ago(600) };
  const take = (holder: string) => new TakeTurn({ ...turn, holder }, metaOf());
  const taken = (holder: string): NameReserved => ({
    type: 'NameReserved.v1',
    data: { name: turn.name, holder },
    personal: null,
  });
  const since = (seconds: number) => given(reservationDecider, [happened(taken('c1'), { recordedAt: ago(seconds) })]);

  test('comes round after the wait', () => {
    nothing.when(take('c1'), needs).then([taken('c1')]);
    since(60)
      .when(take('c2'), needs)
      .then([taken('c2')]);
    since(20).when(take('c2'), needs).thenRefused('slow_mode', { retryAfterSeconds: 40 });
  });

  test('never waits longer than slow mode says, also when the clock was put back', () => {
    since(-30).when(take('c2'), needs).thenRefused('slow_mode', { retryAfterSeconds: 60 });
    since(-3_999)
      .when(take('c2'), needs)
      .then([taken('c2')]);
    nothing.when(take('c1'), { ...needs, lastCommentAt: ago(-3_999) }).then([taken('c1')]);
  });

  test('is kept by the comment that took it', () => {
    since(1).when(take('c1'), needs).then([]);
  });

  test('waits also for a comment from before slow mode', () => {
    const needed = { ...needs, lastCommentAt: ago(50) };
    nothing.when(take('c1'), needed).thenRefused('slow_mode', { retryAfterSeconds: 10 });
    since(70).when(take('c2'), needed).thenRefused('slow_mode', { retryAfterSeconds: 10 });
    since(30).when(take('c2'), needed).thenRefused('slow_mode', { retryAfterSeconds: 30 });
  });
});

test('names that look the same are the same', () => {
  expect(handleName('ＳＯＭchai')).toBe('handle-somchai');
  expect(handleName('Straße')).toBe(handleName('STRASSE'));
  expect(handleName('ΝΊΚΟΣ')).toBe(handleName('νίκος'));
  expect([emailName('00ff'), slugName('x'), turnName('p1', 'm1')]).toEqual(['email-00ff', 'slug-x', 'turn-p1-m1']);
});
