import { describe, expect, it } from '@jest/globals';
import { changesOf, startLiveForum } from '../support/live-forum.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { newId, startForum } from '../support/running-forum.ts';

describe('a forum that closes', () => {
  it('answers what it accepted; clients connect again by themselves and miss nothing', async () => {
    const first = await startLiveForum();
    const { dataDir, forum } = first.forum;
    const postId = await first.post();
    const sockets = [
      await first.connect({ token: first.writer.token }),
      await first.connect(),
      await first.connect({ transports: ['polling'] }),
    ];
    for (const socket of sockets) await socket.ask('thread:join', { postId });
    const reasons: string[] = [];
    for (const { io } of sockets) io.on('disconnect', (reason) => reasons.push(reason));
    const wishes = Array.from({ length: 20 }, (_, index) => ({ id: newId(), postId, body: `Comment ${index}` }));
    const [writer] = sockets;
    const asked = wishes.map((wish) => writer?.send('comment:post', wish).catch(() => 'lost'));
    await writer?.until(() => changesOf(writer).length > 0);
    await first.forum.close({ keep: true });
    const answers = await Promise.all(asked);

    // A try that comes while the forum is closing is one more of the same. A socket that was just sending may be told an error.
    expect(reasons.length).toBeGreaterThanOrEqual(3);
    expect(reasons.filter((reason) => !['transport close', 'transport error'].includes(reason))).toEqual([]);
    for (const { io } of sockets) expect(io.active).toBe(true);
    const second = await startForum({ env: { DATA_DIR: dataDir, PORT: String(forum.port) } });
    try {
      for (const socket of sockets) await socket.connected();
      const { items } = await second.thread(postId);
      const ids = new Set(items.map(({ id }) => id));
      const kept = wishes.filter((_, index) => JSON.stringify(answers[index]).includes('"ok":true'));
      expect(kept.length).toBeGreaterThan(0);
      for (const { id } of kept) expect(ids).toContain(id);
      // A comment whose answer was lost is sent again, and posted once.
      for (const wish of wishes)
        expect(await writer?.send('comment:post', wish)).toMatchObject({ ok: true, comment: { id: wish.id } });
      expect((await second.thread(postId)).total).toBe(wishes.length);
    } finally {
      first.closeSockets();
      await second.close();
    }
  }, 120_000);

  it('does not wait for one that does not read', async () => {
    const live = await startLiveForum();
    const postId = await live.post();
    const raw = await RawSocket.connected(live.forum.url);
    raw.send(`42/live,1${JSON.stringify(['thread:join', { postId }])}`);
    await raw.until(() => raw.texts.some((text) => text.startsWith('43/live,1')));
    raw.stopReading();
    for (let at = 0; at < 600; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, () => live.forum.comment(live.writer, postId, { body: 'x'.repeat(9_000) })),
      );
    }
    // It resolves at all: the reader takes nothing until after that, and would be waited for longer than this test may take.
    await live.forum.close();
    raw.close();
  }, 120_000);
});
