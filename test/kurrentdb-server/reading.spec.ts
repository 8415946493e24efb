import { describe, expect, test } from '@jest/globals';
import { all, shown, thing, tryServer } from './tried-server.ts';

describe('reading', () => {
  test('gives what was appended, in both directions', async () => {
    const { client } = await tryServer();
    const events = [thing(1), thing(2), thing(3)];
    const { position } = await client.appendToStream('post-1', events, { streamState: 'no_stream' });
    const forwards = await all(client.readStream('post-1'));
    expect(forwards.map(shown)).toEqual(
      events.map(({ id, type, data }, index) => ({
        streamId: 'post-1',
        revision: BigInt(index),
        type,
        id,
        data,
        position: index === 2 ? position?.commit : expect.any(BigInt),
      })),
    );
    const backwards = await all(client.readStream('post-1', { direction: 'backwards', fromRevision: 'end' }));
    expect(backwards.map(shown)).toEqual(forwards.map(shown).reverse());
  });
});
