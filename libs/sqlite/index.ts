export { taskOfThread, threadFor } from './begun-thread.ts';
export { stopIfAsked, stopThread, threadEnded } from './end-thread.ts';
export { FollowingThread } from './following-thread.ts';
export { otherSchema, type SchemaDifference } from './other-schema.ts';
export * from './plan-once.ts';
