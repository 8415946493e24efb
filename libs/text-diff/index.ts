export * from './both-texts.ts';
export * from './text-diffs.ts';
