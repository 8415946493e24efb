import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { NoteSessionSeen } from './session.commands.ts';
import { sessionDecider } from './session.decider.ts';
import type { SessionSeen } from './session.events.ts';

const seen = (day: string): SessionSeen => ({
  type: 'SessionSeen.v1',
  data: { sessionId: 's1', memberId: 'm1', day },
  personal: null,
});
const note = (day: string) => new NoteSessionSeen(seen(day).data, metaOf());

test('a session is noted once a day, and never for a day that has passed', () => {
  given(sessionDecider, [])
    .when(note('2015-10-05'), null)
    .then([seen('2015-10-05')]);
  const used = given(sessionDecider, [seen('2015-10-05'), seen('2015-10-04')]);
  used.when(note('2015-10-05'), null).then([]);
  used.when(note('2015-10-04'), null).then([]);
  used.when(note('2015-10-06'), null).then([seen('2015-10-06')]);
});
