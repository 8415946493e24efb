import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { RawSocket } from '../../../test/support/raw-socket.ts';
import { FramesInTurn, MOST_FRAGMENTS } from './frames-in-turn.ts';
import { MOST_UNWANTED } from './unwanted.ts';

const [CONTINUED, TEXT, PING, LAST] = [0, 1, 9, 0x80];

let io: Server;
let raw: RawSocket;
let taken: number;
let most: number;
let isOver: boolean;

beforeEach(async () => {
  [taken, most, isOver] = [0, 0, false];
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  io = new Server(http, { wsEngine: FramesInTurn });
  const count = (): void => {
    taken += 1;
  };
  io.engine.on('connection', (connection) => {
    connection.on('packet', count);
    const webSocket: unknown = Reflect.get(connection.transport, 'socket');
    if (!isEmitter(webSocket)) throw new Error('this is no WebSocket');
    webSocket.on('ping', count);
  });
  raw = await RawSocket.open(`http://127.0.0.1:${address.port}`);
});
afterEach(async () => {
  isOver = true;
  raw.close();
  await io.close();
});

interface Emitter {
  on(event: string, heard: () => void): unknown;
}

function isEmitter(value: unknown): value is Emitter {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'on') === 'function';
}

/** Counts from now on the frames that are taken in one turn of the event loop. */
function watchTurns(): void {
  let before = taken;
  const turn = (): void => {
    most = Math.max(most, taken - before);
    before = taken;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
}

it.each([
  ['pings', PING, ''],
  ['no-ops', TEXT, '6'],
])('gives each of many %s that came in one read a turn of its own', async (_what, opcode, text) => {
  watchTurns();
  raw.flood(opcode, text, MOST_UNWANTED);
  await raw.until(() => taken === MOST_UNWANTED);

  expect(most).toBe(1);
});

/** A message in this many frames, all in one write. */
function inPieces(pieces: number): Buffer {
  const piece = (kind: number, text: string): Buffer =>
    Buffer.concat([Buffer.of(kind, 0x80 | text.length), Buffer.alloc(4), Buffer.from(text)]);
  const between = Array.from({ length: pieces - 2 }, () => piece(CONTINUED, ''));
  return Buffer.concat([piece(TEXT, '6'), ...between, piece(LAST | CONTINUED, '')]);
}

it('takes a message in as many pieces as one may be, and ends a connection that sends one more', async () => {
  raw.writeBytes(inPieces(MOST_FRAGMENTS));
  await raw.until(() => taken === 1);
  raw.writeBytes(inPieces(MOST_FRAGMENTS + 1));
  await raw.until(() => raw.closed);

  expect(taken).toBe(1);
});
