import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../server/logging.ts';

/** One line of a server's log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly message: string };

/** The log of a server in this process, as it would reach the disk: redacted, one JSON object a line. */
export interface CapturedLog {
  readonly logger: Logger;
  /** Everything so far, as text. */
  text(): string;
  lines(): readonly LogLine[];
}

/** @param secrets values that the logger is told to hide */
export function captureLog(secrets: readonly string[] = [], level = 'info'): CapturedLog {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return {
    logger: createLogger({ level, secrets, pretty: false, stream }),
    text: () => text,
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as LogLine),
  };
}
