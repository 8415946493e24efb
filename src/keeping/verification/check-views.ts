import {
  findStop,
  type LogReader,
  type Verification,
  type VerifyOptions,
  type ViewState,
  verifyViews,
} from '../../../libs/projections/index.ts';
import { viewDefinitions } from '../../views/definitions.ts';
import { reasonIn } from './findings.ts';

export interface ViewsInput {
  readonly log: LogReader;
  /** Where the views' files are. */
  readonly dir: string;
  readonly onRead: (done: bigint, all: bigint, events: number) => void;
  readonly signal: AbortSignal;
}

export interface ViewsFound {
  /** Those that could be compared. */
  readonly views: readonly Verification[];
  readonly faults: readonly string[];
}

/**
 * Compares all views with the log in one reading, and lets each read on to the log's end. When the comparison fails,
 * for whatever reason, each view is compared alone, so that a failing one is named and hides none of the others. Throws
 * only the signal's reason.
 */
export async function checkViews(input: ViewsInput): Promise<ViewsFound> {
  const options = optionsOf(input);
  let views: readonly Verification[] | null = null;
  try {
    views = await verifyViews(options);
  } catch {
    input.signal.throwIfAborted();
  }
  const found: ViewsFound[] = [];
  for (const { name } of viewDefinitions) found.push(await checkView(name, options, views));
  return { views: found.flatMap(({ views: of }) => of), faults: found.flatMap(({ faults }) => faults) };
}

async function checkView(
  name: string,
  options: VerifyOptions,
  verified: readonly Verification[] | null,
): Promise<ViewsFound> {
  try {
    const views = verified?.filter(({ view }) => view === name) ?? (await verifyViews({ ...options, views: [name] }));
    const stopped = await findStop(options, name, 'live');
    return { views, faults: [...views.flatMap(faultOfView), ...(stopped === null ? [] : [stopWords(name, stopped)])] };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { views: [], faults: [await whyNot(name, options, error)] };
  }
}

/** Names the event at which the view stops when it is built from nothing. */
async function whyNot(name: string, options: VerifyOptions, error: unknown): Promise<string> {
  const reason = `the view ${name} could not be compared with the log: ${reasonIn(error)}`;
  try {
    const stopped = await findStop(options, name, 'nothing');
    return stopped === null ? reason : stopWords(name, stopped);
  } catch {
    options.signal?.throwIfAborted();
    return reason;
  }
}

function stopWords(name: string, { position, reason }: NonNullable<ViewState['stopped']>): string {
  return `the view ${name} cannot be made from the log: it stops at position ${position}: ${reason}`;
}

function optionsOf({ log, dir, onRead, signal }: ViewsInput): VerifyOptions {
  const definitions = viewDefinitions;
  return {
    log,
    definitions,
    dir,
    signal,
    onProgress: ({ position, until, events }) => onRead(position, until, events),
  };
}

function faultOfView({ view, position, equal }: Verification): string[] {
  if (equal) return [];
  return [
    `the view ${view} is not what the log says at position ${position}: see \`colloquy replay --verify --view ${view}\``,
  ];
}
