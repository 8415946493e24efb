import { DomainError } from '../../libs/kernel/index.ts';
import { startFault } from '../composition/serve.ts';
import type { Environment } from '../config.ts';
import { WrongCall } from './terminal.ts';

/** What went wrong, for people, with what they can do about it. */
export function explain(error: unknown, environment: Environment): string {
  if (error instanceof WrongCall) return `colloquy: ${error.message}`;
  if (error instanceof DomainError) {
    const fields = error.errors.filter(({ field, message }) => error.detail !== `${field} ${message}`);
    return [`colloquy: ${error.detail}`, ...fields.map(({ field, message }) => `colloquy: ${field} ${message}`)].join(
      '\n',
    );
  }
  return fileFault(error) ?? startFault(error, environment);
}

function fileFault(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('path' in error && 'code' in error)) return undefined;
  return error.code === 'ENOENT' ? `colloquy: there is no file ${error.path}` : undefined;
}
