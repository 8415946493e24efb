import type { CommandMeta } from '../../libs/kernel/index.ts';

/** Of a command that the forum gives itself; `correlationId` is what it belongs to, itself unless told otherwise. */
export function systemMeta(commandId: string, correlationId = commandId): CommandMeta {
  return { commandId, actor: 'system', now: new Date().toISOString(), correlationId, causationId: null };
}
