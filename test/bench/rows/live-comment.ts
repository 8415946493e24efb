import { startBenchForum } from '../bench-forum.ts';
import { besideBareRoom } from '../load/beside-bare-room.ts';
import { atMostAfter, type Row } from '../row.ts';

const READERS = 1_000;
const TICK_MS = 25;

export const liveComment: Row = {
  name: 'live-comment',
  what: `one comment to ${READERS} live sockets: post → last socket has it, p99`,
  against: 'bare Socket.IO room broadcast of the same bytes to as many',
  unit: 'ms',
  bound: atMostAfter(1.5, TICK_MS),
  run: async (options) => {
    const amounts = { readers: READERS, changes: options.quick ? 40 : 200, warmUp: 10 };
    const forum = await startBenchForum(options);
    const { token } = forum.admin;
    const measured = await besideBareRoom(options, amounts, forum, async () => {
      return { kind: 'thread', postId: await forum.post('Many read this'), token };
    });
    await forum.end();
    return measured;
  },
};
