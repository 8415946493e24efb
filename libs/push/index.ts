export { HubTransport } from './hub-transport.ts';
export * from './port.ts';
export * from './target.ts';
export { vapidKeysFrom } from './vapid.ts';
export * from './web-push-transport.ts';
