import { fileURLToPath } from 'node:url';
import { type ChildProgram, startProgram } from '../support/child-program.ts';
import type { FaultSettings } from './faults.ts';

export interface SpawnOptions {
  readonly dir: string;
  /** 0, and when not told, takes a free one. */
  readonly port?: number;
  /** Of its process, beside this one's. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The server in a process of its own, to be killed and started again on the same directory and port. */
export interface SpawnedServer {
  /** Where it keeps everything. */
  readonly dir: string;
  readonly port: number;
  readonly url: string;
  /** Sets the switches of the running process; a process that is started again begins without. */
  setFaults(settings: FaultSettings): Promise<void>;
  clearFaults(): Promise<void>;
  /** Ends the process (SIGKILL unless told) and resolves when it is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Stops the process in its tracks: connections stay open and nobody answers. It can still be killed. */
  freeze(): void;
  /** Starts it again where it was. */
  restart(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

export async function spawnKurrentDbServer({ dir, port = 0, env = {} }: SpawnOptions): Promise<SpawnedServer> {
  const again = (at: number): Promise<Running> => start({ dir, port: at, env });
  let running = await again(port);
  const control = async (request: RequestInit): Promise<void> => {
    await fetch(`http://127.0.0.1:${running.controlPort}`, request);
  };
  return {
    dir,
    port: running.port,
    url: `kurrentdb://127.0.0.1:${running.port}?tls=false`,
    setFaults: (settings) => control({ method: 'POST', body: JSON.stringify(settings) }),
    clearFaults: () => control({ method: 'DELETE' }),
    kill: async (signal = 'SIGKILL') => {
      await running.program.end(signal);
    },
    freeze: () => {
      running.program.process.kill('SIGSTOP');
    },
    restart: async () => {
      running = await again(running.port);
    },
  };
}

interface Running {
  readonly program: ChildProgram;
  readonly port: number;
  readonly controlPort: number;
}

async function start({ dir, port, env }: Required<SpawnOptions>): Promise<Running> {
  const program = await startProgram([MAIN, '--dir', dir, '--port', String(port), '--control-port', '0'], { env });
  const [, own, control] = /^listening on (\d+) control (\d+)$/.exec(program.firstLine) ?? [];
  if (own === undefined || control === undefined) throw new Error(`what is this? ${program.firstLine}`);
  return { program, port: Number(own), controlPort: Number(control) };
}
