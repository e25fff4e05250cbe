import type { EventEmitter } from 'node:events';
import type { Logger } from './logging.ts';

export interface GuardOptions {
  readonly logger: Logger;
  /** The process cannot be trusted any more: let live calls end, then leave. Called once. */
  onBroken(): void;
}

/**
 * Keeps a bug in one call from hanging up on all others: Node would end the process.
 *
 * A rejection that nobody handled belongs to some work that failed alone; it is logged. An exception that nobody caught may
 * have left anything half done: it is logged, and the process takes no more calls and leaves once the live ones ended.
 */
export function guardProcess(process: EventEmitter, { logger, onBroken }: GuardOptions): void {
  process.on('unhandledRejection', (error: unknown) => logger.error('a rejection was not handled', { error }));
  process.once('uncaughtException', (error: unknown) => {
    logger.error('an exception was not caught; no more calls', { error });
    process.on('uncaughtException', (next: unknown) =>
      logger.error('another exception was not caught', { error: next }),
    );
    onBroken();
  });
}
