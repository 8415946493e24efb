export { openBeside } from './beside.ts';
export * from './bulk-insert.ts';
export * from './changes-of.ts';
export * from './compare.ts';
export * from './find-stop.ts';
export * from './open-views.ts';
export * from './port.ts';
export { ReadFile } from './read-file.ts';
export {
  digestReplayed,
  installReplayed,
  type Replayed,
  type ReplayOptions,
  type ReplayProgress,
  replayViews,
} from './replay.ts';
export * from './scratch.ts';
export * from './statements.ts';
export * from './touched.ts';
export { type LiveFile, NotVerifiable, type VerifyOptions, verifyViews } from './verify-views.ts';
export { dropFile, useGrownCache } from './view-file.ts';

/** The injection token under which the views are provided. */
export const VIEWS = Symbol('Views');
