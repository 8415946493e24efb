export * from './command.ts';
export * from './decider.ts';
export * from './domain-error.ts';
export * from './event.ts';
export * from './ids.ts';
export * from './position.ts';
