import { startBenchForum } from '../bench-forum.ts';
import { besideBareRoom, LAST_HAS_IT, type LiveMeasure, SERVERS_WORK } from '../load/beside-bare-room.ts';
import { atMost, atMostAfter, type BenchOptions, type Measured, type Row } from '../row.ts';

const READERS = 1_000;
const TICK_MS = 25;

export const liveComment: Row = {
  name: 'live-comment',
  what: `one comment to ${READERS} live sockets: post → last socket has it, p99`,
  against: 'bare Socket.IO room broadcast of the same bytes to as many',
  unit: 'ms',
  bound: atMostAfter(1.5, TICK_MS),
  run: (options) => besideRoom(options, LAST_HAS_IT),
};

export const live1000: Row = {
  name: 'live-1000',
  what: `main thread's processor time of one comment to ${READERS} live sockets`,
  against: 'bare Socket.IO room broadcast of the same bytes to as many',
  unit: 'ms',
  bound: atMost(1.2),
  run: (options) => besideRoom(options, SERVERS_WORK),
};

async function besideRoom(options: BenchOptions, figure: LiveMeasure['figure']): Promise<Measured> {
  const amounts = { readers: READERS, changes: options.quick ? 40 : 200, warmUp: 10 };
  const forum = await startBenchForum(options);
  const { token } = forum.admin;
  const measured = await besideBareRoom(options, forum, {
    amounts,
    figure,
    scene: async () => ({ kind: 'thread', postId: await forum.post('Many read this'), token }),
  });
  await forum.end();
  return measured;
}
