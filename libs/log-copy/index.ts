export { copyLog, copyNewKeys } from './copy-log.ts';
export { CopyRefused } from './copy-refused.ts';
export type { Copied, CopyOptions, CopySource, CopyStep, LogTarget } from './port.ts';
