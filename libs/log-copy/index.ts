export { copyLog, copyNewKeys } from './copy-log.ts';
export { CopyRefused } from './copy-refused.ts';
export type { Copied, CopyOptions, CopyStep, LogSource, LogTarget } from './port.ts';
