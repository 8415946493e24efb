import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/** Lines of JSON on standard error. */
export function openLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino({ level: config.logLevel, base: null }, destination(2));
}

/** What Nest has to say; its tales of starting up are for debugging. */
export class NestLogger implements LoggerService {
  readonly #log: Logger;
  #serving = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Until then whatever goes wrong ends the start, which says so itself. */
  serving(): void {
    this.#serving = true;
  }

  /** The forum's own parts say something in fields, and what happened as their context: that is for operators. */
  log(message: unknown, context?: unknown): void {
    if (typeof message === 'object' && message !== null) this.#log.info(message, String(context));
    else this.#log.debug(String(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    const level = this.#serving ? 'error' : 'debug';
    this.#log[level]({ err: message instanceof Error ? message : undefined, details }, String(message));
  }

  warn(message: unknown): void {
    this.#log.warn(String(message));
  }

  debug(message: unknown): void {
    this.#log.debug(String(message));
  }

  verbose(message: unknown): void {
    this.#log.trace(String(message));
  }
}
