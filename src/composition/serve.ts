import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { heapPace } from '../../libs/heap-pace/index.ts';
import { codeOf } from '../../libs/kernel/index.ts';
import { ConfigError, type Environment, readConfig } from '../config.ts';
import { Assets } from '../web/shell/assets.ts';
import { openServing, type Serving } from './open-serving.ts';
import { mailsGo } from './outbox.ts';
import { AlreadyServed } from './serve-lock.ts';

export interface Standard {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

const PROCESS: Standard = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
};

/**
 * How long readiness tells that the disk has failed before the server ends, in milliseconds; a balancer asks every
 * second or two.
 */
const FAULT_TOLD_MS = 3_000;

/** The longest time for a server to end, in milliseconds: ten seconds for accepted work, the rest for its files. */
const END_WITHIN_MS = 20_000;
/** Nothing should remain once everything is closed; work that continues all the same has this many milliseconds. */
const LINGER_MS = 1_000;

/** A program that runs from its sources has pages only once they are built. Throws ConfigError. */
function requireBuilt(assets: Assets): void {
  if (import.meta.url.endsWith('.ts')) return;
  const missing = assets.missing();
  if (missing.length === 0) return;
  throw new ConfigError(`what browsers load is not all built (${missing.join(', ')}); run npm run build`);
}

/**
 * Serves until SIGTERM or SIGINT, then ends gently; the process exits by itself. Prints one line with the address when
 * ready, and for a forum without members a second one with the code for the first admin. Resolves with the exit status: 0 after a gentle end, 1 after one message on standard error. A failed disk ends
 * it as gently, after some seconds: a supervisor starts it again, and it reads its whole log.
 */
export async function serve(environment: Environment, { out, error }: Standard = PROCESS): Promise<number> {
  const stopped = stopSignal();
  let forum: Serving;
  let growAsBefore: () => void;
  try {
    const config = readConfig(environment);
    requireBuilt(new Assets());
    forum = await openServing(config);
    const address = config.publicUrl ?? forum.url;
    out(`Colloquy listens on ${address}`);
    growAsBefore = heapPace.keepLean();
    if (forum.founderCode !== null) {
      out(
        `It has no members yet: open ${address}/welcome with the code ${forum.founderCode} to become its first admin`,
      );
    }
    // Programs that start a forum take whatever stands on standard error for a complaint.
    if (process.stderr.isTTY) error(`colloquy: ${mailsGo(config)}`);
  } catch (reason) {
    error(startFault(reason, environment));
    return 1;
  }
  const fault = await Promise.race([stopped, forum.failed]);
  growAsBefore();
  if (fault === undefined) {
    await ended(forum, { status: 0, error });
    return 0;
  }
  await Promise.race([stopped, pause(FAULT_TOLD_MS)]);
  await ended(forum, { status: 1, error });
  error(`colloquy: ${fault.message}`);
  return 1;
}

/** Closes the forum. Neither endless work nor forgotten work keeps the process longer. */
async function ended(
  forum: Serving,
  { status, error }: Pick<Standard, 'error'> & { readonly status: number },
): Promise<void> {
  const overdue = setTimeout(() => {
    error(`colloquy: not everything was closed within ${END_WITHIN_MS / 1_000} seconds; what was acknowledged is kept`);
    process.exit(1);
  }, END_WITHIN_MS).unref();
  await forum.close();
  clearTimeout(overdue);
  setTimeout(() => process.exit(status), LINGER_MS).unref();
}

/** A second signal ends the process at once. */
function stopSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGTERM', stop);
      process.off('SIGINT', stop);
      resolve(undefined);
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

/** The obstacle to the start, in one line where one is enough, and without a stack trace where people can mend it. */
export function startFault(reason: unknown, environment: Environment): string {
  if (reason instanceof ConfigError || reason instanceof AlreadyServed || reason instanceof StoreUnavailable) {
    return `colloquy: ${reason.message.replaceAll('\n', '\ncolloquy: ')}`;
  }
  const host = environment.HOST ?? '127.0.0.1';
  const port = environment.PORT ?? '3000';
  switch (codeOf(reason)) {
    case 'EADDRINUSE':
      return `colloquy: port ${port} on ${host} is in use by another program; end it, or choose another PORT`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `colloquy: this machine has no address ${host}; choose another HOST`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `colloquy: not allowed: ${messageOf(reason)}`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `colloquy: there is no room: ${messageOf(reason)}; make room, and start again`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `colloquy: DATA_DIR is no directory: ${messageOf(reason)}`;
    default:
      return `colloquy: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`;
  }
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
