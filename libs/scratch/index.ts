export * from './database.ts';
export * from './held-folder.ts';
export * from './scratch.ts';
export * from './seal.ts';
