import type { ImportSourceKind } from '../../../libs/words/index.ts';
import type { ImportReached, ImportTold } from '../../acts/importing/import-job.ts';
import type { ImportTask } from '../../acts/importing/import-runner.ts';
import type { Config } from '../../config.ts';

/** To the process that imports: what it begins with. */
export interface ToImport {
  readonly config: Config;
  readonly task: ImportTask;
}

/** From it: what it finds on its way, and one answer at the end. */
export type FromImport =
  | { readonly kind: 'recognised'; readonly source: ImportSourceKind }
  | { readonly kind: 'progress'; readonly progress: ImportReached }
  | { readonly kind: 'told'; readonly told: ImportTold }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly reason: string };
