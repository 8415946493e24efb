export * from './port.ts';

/** The injection token under which the views are provided. */
export const VIEWS = Symbol('Views');
