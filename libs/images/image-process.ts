import { type ChildProcess, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { programBeside } from '../kernel/index.ts';

export interface ImageQuestion {
  readonly bytes: Uint8Array;
  /** Milliseconds that the process may take. */
  readonly withinMs: number;
  /** Bytes that it may have in memory. */
  readonly mostMemory: number;
}

/** What the process said, when it came to its end by itself; otherwise why it did not. */
export type ImageAnswer = { readonly said: Uint8Array } | { readonly ended: 'late' | 'full' | 'broken' | 'unbegun' };

/** Makes one image in a process of its own, which has nothing of this one's environment. Throws the system's error. */
export async function inProcess({ bytes, withinMs, mostMemory }: ImageQuestion): Promise<ImageAnswer> {
  const program = fileURLToPath(programBeside(import.meta.url, 'make-sizes.worker'));
  const child = spawn(process.execPath, ['--no-warnings', '--expose-gc', program, String(mostMemory)], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  let isLate = false;
  const overdue = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, withinMs);
  try {
    const { said, status, signal } = await endOf(child, bytes);
    if (status === 0) return { said };
    return { ended: isLate ? 'late' : signal === 'SIGKILL' ? 'full' : 'broken' };
  } finally {
    clearTimeout(overdue);
  }
}

interface End {
  readonly said: Buffer;
  readonly status: number | null;
  /** SIGKILL is sent by the process itself, or by a system that has no memory left. */
  readonly signal: NodeJS.Signals | null;
}

async function endOf(child: ChildProcess, bytes: Uint8Array): Promise<End> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('a process of images has no pipes');
  // A process that ends early reads no more of it.
  stdin.on('error', () => undefined).end(bytes);
  const ended = new Promise<Omit<End, 'said'>>((resolve, reject) => {
    child.once('error', reject).once('close', (status, signal) => resolve({ status, signal }));
  });
  const [said, how] = await Promise.all([buffer(stdout), ended]);
  return { said, ...how };
}
