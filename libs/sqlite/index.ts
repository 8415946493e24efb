export { stopIfAsked, stopThread, threadEnded } from './end-thread.ts';
export * from './plan-once.ts';
