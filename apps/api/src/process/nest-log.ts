import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages, in the process's log. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Logger) {}

  log(message: unknown, ...more: unknown[]): void {
    this.target.debug({ more }, String(message));
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.target.warn({ more }, String(message));
  }

  error(message: unknown, ...more: unknown[]): void {
    this.target.error({ more }, String(message));
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.target.fatal({ more }, String(message));
  }
}
