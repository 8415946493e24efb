import type { LoggerService } from '@nestjs/common';
import { destination, type Logger, pino } from 'pino';
import type { Config } from '../config.ts';

/** Lines of JSON on standard error. */
export function openLogger(config: Pick<Config, 'logLevel'>): Logger {
  return pino({ level: config.logLevel, base: null }, destination(2));
}

/** Nest's log messages; those about its start are for debugging. */
export class NestLogger implements LoggerService {
  readonly #log: Logger;
  #serving = false;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Before this call every fault ends the start, which reports it itself. */
  serving(): void {
    this.#serving = true;
  }

  /** The forum's parts log fields, and what happened as their context, for operators. */
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
