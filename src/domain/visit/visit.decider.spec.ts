import { test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { KeepVisit, TurnVisits } from './visit.commands.ts';
import { visitDecider } from './visit.decider.ts';
import type { VisitKept, VisitsTurned } from './visit.events.ts';

const by = { memberId: 'linh', roles: ['member'] } as const;
const visit = { postId: 'p1', position: '7', at: NOW, before: null };
const kept: VisitKept = { type: 'VisitKept.v1', data: { memberId: 'linh', visitId: 'v1' }, personal: visit };
const turned = (on: boolean): VisitsTurned => ({
  type: 'VisitsTurned.v1',
  data: { memberId: 'linh', kept: on },
  personal: null,
});
const keep = new KeepVisit({ by, visitId: 'v1', visit }, metaOf());
const turn = (on: boolean) => new TurnVisits({ by, kept: on }, metaOf());

test('a visit is kept until the member wants none, and again when it does', () => {
  given(visitDecider, []).when(keep, null).then([kept]);
  given(visitDecider, [kept, turned(false)])
    .when(keep, null)
    .then([]);
  given(visitDecider, [turned(false), turned(true)])
    .when(keep, null)
    .then([kept]);
});

test('the switch is turned once', () => {
  given(visitDecider, []).when(turn(true), null).then([]);
  given(visitDecider, [])
    .when(turn(false), null)
    .then([turned(false)]);
  given(visitDecider, [turned(false)])
    .when(turn(false), null)
    .then([]);
});
