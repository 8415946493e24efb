export * from './bulk-insert.ts';
export * from './compare.ts';
export * from './open-views.ts';
export * from './port.ts';
export * from './replay.ts';
export * from './scratch.ts';
export * from './statements.ts';
export * from './touched.ts';
export * from './verify-views.ts';
export { useLiveCache } from './view-file.ts';

/** The injection token under which the views are provided. */
export const VIEWS = Symbol('Views');
