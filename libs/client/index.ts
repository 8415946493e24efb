export * from './http.ts';
export * from './live-messages.ts';
export * from './problem.ts';
export * from './requests.ts';
export * from './rest-client.ts';
export * from './shapes.ts';
