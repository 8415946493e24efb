export * from './database.ts';
export * from './scratch.ts';
export * from './seal.ts';
