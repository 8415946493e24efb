import { join } from 'node:path';
import { hasUnreadableHead, TREE_FILES } from '../../../libs/log-tree/index.ts';
import type { Verification } from '../../../libs/projections/index.ts';
import type { LogReport } from '../../../libs/transparency/index.ts';
import { withOpenedTexts } from '../../views/log-for-views.ts';
import { checkViews, type ViewsFound } from './check-views.ts';
import type { DataInput, DataLog } from './data-input.ts';
import { findings } from './findings.ts';
import { foreignObjects, strangeEvents } from './foreign-objects.ts';
import { checkImages, type ImagesChecked } from './image-check.ts';
import { faultOfKeptTree } from './kept-tree-check.ts';
import { checkSeals, type SealsFound } from './seal-check.ts';
import { verifyDataLog } from './verify-data-log.ts';

/** The findings in a data folder: in its log, in the tree beside it, in its images, and in its views. */
export interface DataReport extends LogReport {
  readonly seals: SealsFound;
  readonly images: ImagesChecked;
  /** Null when the views were not asked for. */
  readonly views: readonly Verification[] | null;
}

/**
 * Verifies a data folder, also beside a running server. The log's own report comes first; every other fault or failure
 * stands in the report. Throws StoreUnavailable for a log that is away, locked or closed, the signal's reason, and the
 * system's error for a file of `against`.
 */
export async function verifyData(input: DataInput): Promise<DataReport> {
  const { log, report } = await verifyDataLog(input);
  try {
    input.onLog?.(report);
    const foreign = await findings('what the files are made of', async () => foreignObjects(input), input.signal);
    const strange = await findings('the rows of the log', () => strangeEvents(input), input.signal);
    const ofTree = await findings('the tree beside the log', () => treeFaults(input), input.signal);
    const seals = await checkSeals(log, input);
    const images = await checkImages(log, input);
    const { views, faults: ofViews } = await viewsFound(log, input);
    const faults = [...report.faults, ...foreign, ...strange, ...ofTree, ...seals.faults, ...images.faults, ...ofViews];
    return { ...report, ok: faults.length === 0, faults, seals, images, views };
  } finally {
    await log?.close();
  }
}

async function treeFaults({ dataDir }: DataInput): Promise<readonly string[]> {
  const dir = join(dataDir, 'tree');
  if (hasUnreadableHead(dir))
    return [`tree/${TREE_FILES.head} cannot be read: the tree beside the log was compared with nothing`];
  const fault = await faultOfKeptTree(dir);
  return fault === null ? [] : [fault];
}

async function viewsFound(
  log: DataLog | null,
  input: DataInput,
): Promise<{ readonly views: DataReport['views']; readonly faults: ViewsFound['faults'] }> {
  if (!input.views) return { views: null, faults: [] };
  if (log === null)
    return { views: [], faults: ['the views were compared with nothing, since the log cannot be read'] };
  const { dataDir, signal, onProgress } = input;
  const onRead = (done: bigint, all: bigint, events: number): void => onProgress('views', done, all, events);
  const opened = withOpenedTexts(log, input.source);
  return checkViews({ log: opened, dir: join(dataDir, 'views'), signal, onRead }).finally(() => opened.closeKeys());
}
