import { NotAnswered } from './faults.ts';

/** The answer, or NotAnswered after so many milliseconds: the client itself may wait for ever. */
export async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotAnswered(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Everything that an iterator gives. NotAnswered when it is silent for so many milliseconds, unless `alive`, asked each
 * time, says that the database only needs long to find the next item.
 */
export async function collected<Item>(
  items: AsyncIterator<Item>,
  milliseconds: number,
  alive?: () => Promise<void>,
): Promise<Item[]> {
  const list: Item[] = [];
  for (;;) {
    const { done, value } = await patiently(items.next(), milliseconds, alive);
    if (done === true) return list;
    list.push(value);
  }
}

/** How often a search that finds nothing may be asked whether the database is still there. */
const LONGEST_SEARCH = 60;

async function patiently<Answer>(
  answer: Promise<Answer>,
  milliseconds: number,
  alive: (() => Promise<void>) | undefined,
): Promise<Answer> {
  for (let asked = 0; ; asked += 1) {
    try {
      return await within(milliseconds, answer);
    } catch (error) {
      if (!(error instanceof NotAnswered) || alive === undefined || asked === LONGEST_SEARCH) throw error;
      await alive();
    }
  }
}

/**
 * What the database is told of an append's deadline, in milliseconds: a week, because the client sends it as a moment of this
 * machine's clock, and a clock that is behind the database's would have every append refused. How long an answer is waited
 * for is counted here.
 */
export const APPEND_DEADLINE_MS = 7 * 86_400_000;

/** Waits, or less when the signal aborts. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
  });
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2_000;

/** How long to wait before the nth attempt (from 1): doubling, and spread so that nodes do not come back all at once. */
export function backOff(attempt: number): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10));
  return most / 2 + (Math.random() * most) / 2;
}
