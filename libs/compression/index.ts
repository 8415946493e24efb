export * from './compression.ts';
export * from './entity-tags.ts';
