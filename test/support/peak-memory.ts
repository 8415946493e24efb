import { readdirSync, readFileSync } from 'node:fs';

/** What a program takes at most, with all that it has started. */
export interface PeakMemory {
  /** The most that its living processes took so far, each at its own worst moment, together. */
  readonly mib: number;
  readonly processes: number;
}

/** Of a process and all below it that live now; nothing where they have ended, or where there is no Linux to tell it. */
export function peakMemory(pid: number): PeakMemory {
  const told = familyOf(pid).map((each) => /VmHWM:\s+(\d+)/.exec(statusOf(each))?.[1]);
  const sizes = told.filter((size) => size !== undefined).map((size) => Number(size) / 1024);
  return { mib: sizes.reduce((sum, size) => sum + size, 0), processes: sizes.length };
}

function familyOf(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap((child) => familyOf(child))];
}

/** Each thread tells of the processes that it has started. */
function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
