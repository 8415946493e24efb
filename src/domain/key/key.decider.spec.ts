import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { RecordKeyDestruction } from './key.commands.ts';
import { keyDecider } from './key.decider.ts';
import type { KeyDestroyed } from './key.events.ts';

const data = { keyId: '00112233445566778899aabbccddeeff', stream: 'comment-c1' };
const destroyed: KeyDestroyed = { type: 'KeyDestroyed.v1', data, personal: null };

test('the destruction of a key is recorded once', () => {
  given(keyDecider, []).when(new RecordKeyDestruction(data, metaOf()), null).then([destroyed]);
  given(keyDecider, [destroyed]).when(new RecordKeyDestruction(data, metaOf()), null).then([]);
});

test('what is no key id is refused', () => {
  const command = new RecordKeyDestruction({ ...data, keyId: 'NO KEY' }, metaOf());
  given(keyDecider, []).when(command, null).thenRefused('invalid');
});
