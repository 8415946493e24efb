/**
 * A forum comes back, and all readers with it, in a process of its own: `node storm-load.ts '<StormLoad as JSON>'` opens all
 * connections at once and has each join the thread. Prints a StormResult.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface StormLoad {
  readonly address: string;
  readonly postId: string;
  readonly sockets: number;
}

export interface StormResult {
  /** Until the last reader was back in its thread. */
  readonly seconds: number;
  /** How often a connection was refused or reset, by reason; each tried again. */
  readonly faults: Readonly<Record<string, number>>;
}

const load: StormLoad = JSON.parse(process.argv[2] ?? '');
const live = `${load.address.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
const AGAIN_MS = 1_000;

const faults: Record<string, number> = {};
const started = performance.now();
await Promise.all(Array.from({ length: load.sockets }, comeBack));
const seconds = (performance.now() - started) / 1_000;
const result: StormResult = { seconds, faults };
process.stdout.write(JSON.stringify(result), () => process.exit(0));

async function comeBack(): Promise<void> {
  while (!(await joined())) await pause(AGAIN_MS);
}

/** Engine.IO and Socket.IO by hand: ten thousand clients of the library would measure the client. */
function joined(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(live);
    const fails = (reason: string): void => {
      faults[reason] = (faults[reason] ?? 0) + 1;
      resolve(false);
    };
    socket.addEventListener('close', ({ code }) => fails(`closed with ${code}`));
    socket.addEventListener('message', ({ data }) => {
      const text = String(data);
      if (text.startsWith('0')) socket.send('40/live,{}');
      else if (text.startsWith('40/live')) {
        socket.send(`42/live,1${JSON.stringify(['thread:join', { postId: load.postId }])}`);
      } else if (text === '2') socket.send('3');
      else if (text.startsWith('43/live,1')) {
        if (text.includes('"ok":true')) resolve(true);
        else fails(text);
      }
    });
  });
}
