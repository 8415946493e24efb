import { io, type Socket } from 'socket.io-client';

/** Turns of a second that a change or an answer may take. */
const PATIENCE = 60;

const lost = new Map<string, number>();
let longestPause = 0;
let lastTurn = performance.now();
const onTurn = new Set<() => void>();
setInterval(() => {
  const now = performance.now();
  longestPause = Math.max(longestPause, Math.round(now - lastTurn - 1_000));
  lastTurn = now;
  for (const turn of onTurn) turn();
}, 1_000);

/**
 * A deadline that counts the turns of this process: while the whole machine stands still it does not run, and what has
 * arrived meanwhile is read before it ends.
 */
export async function within<Result>(work: Promise<Result>, what: () => string): Promise<Result> {
  let turns = 0;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const turn = (): void => {
    turns += 1;
    if (turns > PATIENCE || lost.size > 0) reject(new Error(`${what()}; ${state()}`));
  };
  onTurn.add(turn);
  try {
    return await Promise.race([work, late]);
  } finally {
    onTurn.delete(turn);
  }
}

/** The longest time for which this process could not go on, in milliseconds. */
export function longestPauseMs(): number {
  return longestPause;
}

function state(): string {
  const reasons = [...lost].map(([reason, sockets]) => `${sockets} by ${reason}`).join(', ') || 'none';
  return `connections lost: ${reasons}; this process stood still for ${longestPause} ms at most`;
}

/** A socket of its own connection. Throws when it is refused, and later waits fail once it is lost. */
export async function connect(address: string, auth: object): Promise<Socket> {
  const socket = io(`${address}/live`, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.on('disconnect', (reason) => lost.set(reason, (lost.get(reason) ?? 0) + 1));
  await within(connected, () => 'a reader could not connect');
  return socket;
}

/** Asks and waits for the answer. Throws when it is not `ok`. */
export async function request(socket: Socket, message: string, payload: object): Promise<void> {
  const asked: Promise<{ ok: boolean }> = socket.emitWithAck(message, payload);
  const answer = await within(asked, () => `${message} was not answered`);
  if (!answer.ok) throw new Error(`${message}: ${JSON.stringify(answer)}`);
}
