import type { BrowserContext, Page } from 'playwright-core';

/** A task of a page's main thread, and the longest things in it. */
export interface Task {
  /** Time of the processor, which other programs on the machine do not take. */
  readonly milliseconds: number;
  readonly mostly: readonly string[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly url?: string; readonly functionName?: string } };
}

/** The tasks of the page's main thread while the work is done on a processor that is so many times slower, longest first. */
export async function tasksOf(
  context: BrowserContext,
  page: Page,
  work: () => Promise<void>,
  slowdown: number,
): Promise<readonly Task[]> {
  const session = await context.newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    const found: readonly unknown[] = value;
    events.push(...found.filter(isTraceEvent));
  });
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', 'devtools.timeline', '__metadata', 'disabled-by-default-devtools.timeline'],
    },
  });
  await work();
  await session.send('Tracing.end');
  await complete;
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  return tasksIn(events);
}

/** The protocol says no more of an event than that it is an object. */
function isTraceEvent(value: unknown): value is TraceEvent {
  const isObject = typeof value === 'object' && value !== null && 'name' in value && 'ts' in value;
  return isObject && typeof value.name === 'string' && typeof value.ts === 'number';
}

function tasksIn(events: readonly TraceEvent[]): readonly Task[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const isMain = (event: TraceEvent) => mains.some(({ pid, tid }) => pid === event.pid && tid === event.tid);
  const own = events.filter((event) => event.ph === 'X' && isMain(event));
  const tasks = own.filter(({ name }) => name === 'RunTask');
  return tasks
    .map((task) => ({ milliseconds: Math.round((task.tdur ?? 0) / 1000), mostly: partsOf(task, own) }))
    .sort((a, b) => b.milliseconds - a.milliseconds);
}

function partsOf(task: TraceEvent, events: readonly TraceEvent[]): readonly string[] {
  return events
    .filter((event) => event !== task && event.pid === task.pid && event.tid === task.tid)
    .filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0))
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .slice(0, 4)
    .map(({ name, tdur, args }) => `${name} ${args?.data?.functionName ?? ''} ${Math.round((tdur ?? 0) / 1000)} ms`);
}
