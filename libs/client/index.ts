export * from './live-messages.ts';
export * from './shapes.ts';
