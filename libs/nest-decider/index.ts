export * from './command-handling.ts';
export * from './decode.ts';
export * from './handlers-for.ts';
export * from './recorded.ts';
export * from './store-faults.ts';
export * from './stream-facts.ts';
export { StreamFolds } from './stream-folds.ts';
export * from './turns.ts';
