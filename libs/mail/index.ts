export * from './inbound.ts';
export * from './inbound-reader.ts';
export { type AroundKept, type KeptText, keptText } from './kept-text.ts';
export * from './mail-folder.ts';
export * from './outbox-names.ts';
export * from './port.ts';
export * from './read-mail.ts';
export * from './smtp.ts';
export * from './write-mail.ts';
