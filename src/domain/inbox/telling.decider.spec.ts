import { expect, test } from '@jest/globals';
import { USUAL_WAYS } from '../../../libs/words/index.ts';
import { erased, given, metaOf, remembered } from '../../../test/support/given.ts';
import { TellDevices, TellMember } from './inbox.commands.ts';
import type { InboxEvent, MemberTold } from './inbox.events.ts';
import { tellingDecider } from './telling.decider.ts';

const by = { memberId: 'linh', roles: [] };
const tell = (after: bigint, upTo: bigint) => new TellMember({ by, way: 'daily', after, upTo }, metaOf());
const tellDevices = (after: bigint, upTo: bigint) => new TellDevices({ by, after, upTo }, metaOf());
const told = (after: string, upTo: string, way: MemberTold['data']['way'] = 'daily'): InboxEvent => ({
  type: 'MemberTold.v1',
  data: { memberId: 'linh', way, after, upTo },
  personal: null,
});
const devicesTold = (after: string, upTo: string): InboxEvent => ({
  type: 'DevicesTold.v1',
  data: { memberId: 'linh', after, upTo },
  personal: null,
});

test('what one mail has told no other of its way tells, and the next begins behind it', () => {
  given(tellingDecider, [])
    .when(tell(3n, 9n), null)
    .then([told('3', '9')]);
  given(tellingDecider, [told('3', '9')])
    .when(tell(3n, 9n), null)
    .then([]);
  given(tellingDecider, [told('3', '9')])
    .when(tell(3n, 12n), null)
    .then([told('9', '12')]);
  given(tellingDecider, [told('3', '9', 'weekly')])
    .when(tell(3n, 9n), null)
    .then([told('3', '9')]);
});

test('the same is true of pushes, and neither is told by the other', () => {
  given(tellingDecider, [told('3', '9')])
    .when(tellDevices(3n, 9n), null)
    .then([devicesTold('3', '9')]);
  given(tellingDecider, [devicesTold('3', '9')])
    .when(tellDevices(3n, 10n), null)
    .then([devicesTold('9', '10')]);
  given(tellingDecider, [devicesTold('3', '9')])
    .when(tell(3n, 9n), null)
    .then([told('3', '9')]);
});

test('nothing else of an inbox counts for it, erased or not', () => {
  const chosen: InboxEvent = {
    type: 'NotificationsChosen.v1',
    data: { memberId: 'linh', ways: USUAL_WAYS, followOwn: true },
    personal: { quietHours: null, timeZone: null },
  };
  const state = tellingDecider.initial();
  for (const fact of remembered([chosen, erased(chosen)])) tellingDecider.evolve(state, fact);
  expect(state).toEqual(new Map());
});
