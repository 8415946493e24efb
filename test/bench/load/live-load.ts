/**
 * Many live readers of one thread, in a process of its own: `node live-load.ts '<LiveLoad as JSON>'`. One socket posts, one
 * comment after the other; for each, the milliseconds from the post until the last reader has it. Prints a LiveResult.
 */
import { io, type Socket } from 'socket.io-client';
import { newId, sampleComment } from '../sample.ts';

export interface LiveLoad {
  readonly address: string;
  readonly readers: number;
  readonly comments: number;
  /** Posts that come first and are not counted. */
  readonly warmUp: number;
  /** Ours: the thread and who posts; a bare room: the payload that it shall broadcast. */
  readonly to: { readonly postId: string; readonly token: string } | { readonly payload: ChangesPayload };
}

export interface LiveResult {
  readonly milliseconds: readonly number[];
  /** What one reader was sent for a comment. */
  readonly payload: ChangesPayload;
  /** The longest time for which this process could not go on: what the machine kept from it, not the server. */
  readonly longestPauseMs: number;
}

export interface ChangesPayload {
  readonly changes: readonly { readonly comment?: { readonly id: string } }[];
}

const load: LiveLoad = JSON.parse(process.argv[2] ?? '');
const AT_ONCE = 50;
/** Turns of a second that a comment or an answer may take. */
const PATIENCE = 60;

const lost = new Map<string, number>();
let longestPauseMs = 0;
let lastTurn = performance.now();
const onTurn = new Set<() => void>();
setInterval(() => {
  const now = performance.now();
  longestPauseMs = Math.max(longestPauseMs, Math.round(now - lastTurn - 1_000));
  lastTurn = now;
  for (const turn of onTurn) turn();
}, 1_000);

/**
 * A deadline that counts the turns of this process: while the whole machine stands still it does not run, and what has
 * arrived meanwhile is read before it ends.
 */
async function within<Result>(work: Promise<Result>, what: () => string): Promise<Result> {
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

function state(): string {
  const reasons = [...lost].map(([reason, sockets]) => `${sockets} by ${reason}`).join(', ') || 'none';
  return `connections lost: ${reasons}; this process stood still for ${longestPauseMs} ms at most`;
}

async function connect(auth: object): Promise<Socket> {
  const socket = io(`${load.address}/live`, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.on('disconnect', (reason) => lost.set(reason, (lost.get(reason) ?? 0) + 1));
  await within(connected, () => 'a reader could not connect');
  return socket;
}

async function joined(): Promise<Socket> {
  const socket = await connect({});
  if ('postId' in load.to) await request(socket, 'thread:join', { postId: load.to.postId });
  return socket;
}

async function request(socket: Socket, message: string, payload: object): Promise<void> {
  const asked: Promise<{ ok: boolean }> = socket.emitWithAck(message, payload);
  const answer = await within(asked, () => `${message} was not answered`);
  if (!answer.ok) throw new Error(`${message}: ${JSON.stringify(answer)}`);
}

const readers: Socket[] = [];
while (readers.length < load.readers) {
  const missing = Math.min(AT_ONCE, load.readers - readers.length);
  readers.push(...(await Promise.all(Array.from({ length: missing }, joined))));
}
const writer = await connect('token' in load.to ? { token: load.to.token } : {});

let reached = 0;
let awaited = '';
let last: ChangesPayload = { changes: [] };
let allHaveIt = (): void => undefined;
for (const reader of readers) {
  reader.on('thread:changes', (payload: ChangesPayload) => {
    if (!payload.changes.some((change) => change.comment?.id === awaited)) return;
    last = payload;
    reached += 1;
    if (reached === readers.length) allHaveIt();
  });
}

async function postAndWait(number: number): Promise<number> {
  reached = 0;
  awaited = 'payload' in load.to ? (load.to.payload.changes[0]?.comment?.id ?? '') : newId();
  let acknowledged = false;
  const everybody = new Promise<void>((resolve) => {
    allHaveIt = resolve;
  });
  const started = performance.now();
  const [took] = await Promise.all([
    within(everybody, () => `${reached} of ${readers.length} have the comment; acknowledged: ${acknowledged}`).then(
      () => performance.now() - started,
    ),
    post(number).then(() => {
      acknowledged = true;
    }),
  ]);
  return took;
}

function post(number: number): Promise<void> {
  if ('payload' in load.to) return request(writer, 'post', load.to.payload);
  return request(writer, 'comment:post', { id: awaited, postId: load.to.postId, body: sampleComment(number) });
}

const milliseconds: number[] = [];
for (let number = 0; number < load.warmUp + load.comments; number += 1) {
  const took = await postAndWait(number);
  if (number >= load.warmUp) milliseconds.push(took);
}
const result: LiveResult = { milliseconds, payload: last, longestPauseMs };
process.stdout.write(JSON.stringify(result), () => process.exit(0));
