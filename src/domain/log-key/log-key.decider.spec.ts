import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { ChangeLogKey } from './log-key.commands.ts';
import { logKeyDecider } from './log-key.decider.ts';
import type { LogKeyChanged } from './log-key.events.ts';

const data = { from: 'forum.example/colloquy+00000001+AQ=1', to: 'forum.example/colloquy+00000002+AQ=2', note: 'N' };
const changed: LogKeyChanged = { type: 'LogKeyChanged.v1', data, personal: null };
const third = { from: 'moved.example/colloquy+00000009+AQ=2', to: 'moved.example/colloquy+00000003+AQ=3', note: 'M' };

test('a change is recorded once', () => {
  given(logKeyDecider, []).when(new ChangeLogKey(data, metaOf()), null).then([changed]);
  given(logKeyDecider, [changed]).when(new ChangeLogKey(data, metaOf()), null).then([]);
});

test('the next goes on from the key of now, under whatever name', () => {
  const next: LogKeyChanged = { ...changed, data: third };
  given(logKeyDecider, [changed]).when(new ChangeLogKey(third, metaOf()), null).then([next]);
  const other = { ...third, from: data.from };
  given(logKeyDecider, [changed]).when(new ChangeLogKey(other, metaOf()), null).thenRefused('conflict');
});

test('a key does not follow itself', () => {
  const same = { ...data, to: data.from };
  given(logKeyDecider, []).when(new ChangeLogKey(same, metaOf()), null).thenRefused('invalid');
});
