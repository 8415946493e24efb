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
}

export interface ChangesPayload {
  readonly changes: readonly { readonly comment?: { readonly id: string } }[];
}

const load: LiveLoad = JSON.parse(process.argv[2] ?? '');
const AT_ONCE = 50;
const DEADLINE_MS = 10_000;

async function connect(auth: object): Promise<Socket> {
  const socket = io(`${load.address}/live`, { transports: ['websocket'], forceNew: true, reconnection: false, auth });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

async function joined(): Promise<Socket> {
  const socket = await connect({});
  if ('postId' in load.to) await request(socket, 'thread:join', { postId: load.to.postId });
  return socket;
}

async function request(socket: Socket, message: string, payload: object): Promise<void> {
  const answer: { ok: boolean } = await socket.timeout(DEADLINE_MS).emitWithAck(message, payload);
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
  const everybody = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`${reached} of ${readers.length} readers had the comment; acknowledged: ${acknowledged}`));
    }, DEADLINE_MS);
    allHaveIt = () => {
      clearTimeout(late);
      resolve();
    };
  });
  const started = performance.now();
  const [took] = await Promise.all([
    everybody.then(() => performance.now() - started),
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
const result: LiveResult = { milliseconds, payload: last };
process.stdout.write(JSON.stringify(result), () => process.exit(0));
