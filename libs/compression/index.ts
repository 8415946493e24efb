export * from './compression.ts';
export * from './entity-tags.ts';
export { SharedBytes } from './gzip-around.ts';
export { type Deflated, deflatedOf, gzipOfPieces } from './gzip-pieces.ts';
