export * from './plan-once.ts';
