export * from './direction.ts';
export * from './translator.ts';
