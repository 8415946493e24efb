export * from './text-diffs.ts';
