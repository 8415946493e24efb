/**
 * Reads pages, in a process of its own: `node page-load.ts '<PageLoad as JSON>'` prints the answers a second. It reads
 * no more of an answer's head than its length, since a client that parses each header takes longer for a small page
 * than a server. Any answer but a whole 200 ends it with an error.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface PageLoad {
  readonly address: string;
  readonly connections: number;
  readonly seconds: number;
  /** Each connection asks for them in turn. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

const END_OF_HEAD = '\r\n\r\n';

const load: PageLoad = JSON.parse(process.argv[2] ?? '');
const { hostname, port } = new URL(load.address);
const fields = Object.entries({ host: `${hostname}:${port}`, connection: 'keep-alive', ...load.headers });
const head = fields.map(([name, value]) => `${name}: ${value}`).join('\r\n');
const requests = load.paths.map((path) => `GET ${path} HTTP/1.1\r\n${head}${END_OF_HEAD}`);
let answered = 0;

/** The bytes of the whole answer that begins here; undefined when its head is not whole. */
function lengthOf(bytes: Buffer): number | undefined {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
  if (!text.startsWith('HTTP/1.1 200 ') || length === undefined) throw new Error(`not a page:\n${text}`);
  return end + END_OF_HEAD.length + Number(length);
}

async function read(socket: Socket): Promise<void> {
  await once(socket, 'connect');
  socket.setNoDelay();
  let [asked, missing] = [0, 0];
  const ask = (): void => void socket.write(requests[asked++ % requests.length] ?? '');
  let begun = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    if (missing === 0) {
      begun = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
      const length = lengthOf(begun);
      if (length === undefined) return;
      missing = length - begun.length;
      begun = Buffer.alloc(0);
    } else missing -= bytes.length;
    if (missing < 0) throw new Error('an answer is longer than it says');
    if (missing > 0) return;
    answered += 1;
    ask();
  });
  ask();
}

const sockets = Array.from({ length: load.connections }, () => connect(Number(port), hostname));
await Promise.all(sockets.map(read));
const began = performance.now();
const before = answered;
await new Promise((resolve) => setTimeout(resolve, load.seconds * 1_000));
process.stdout.write(`${((answered - before) * 1_000) / (performance.now() - began)}\n`);
for (const socket of sockets) socket.destroy();
