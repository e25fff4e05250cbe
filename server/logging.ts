import winston from 'winston';
import { createRedactor } from './redaction.ts';

/** What the server writes about itself. `child({ callSid })` makes the logger of one call. */
export type Logger = winston.Logger;

export interface LoggingOptions {
  readonly level: string;
  /** Values that are hidden wherever they turn up. */
  readonly secrets: readonly string[];
  /** For people (time, level, message, fields) instead of one JSON object a line. */
  readonly pretty: boolean;
  /** Where the lines go. Default: the standard error, so that the standard output stays readable. */
  readonly stream?: NodeJS.WritableStream;
}

/** Fields that every line has; everything else on a line came with the message. */
const FRAME: ReadonlySet<string> = new Set(['level', 'message', 'timestamp']);

/** Makes the logger of one server. Everything that goes through it is redacted. */
export function createLogger({ level, secrets, pretty, stream = process.stderr }: LoggingOptions): Logger {
  const redact = createRedactor(secrets);
  const redaction = winston.format((info) => {
    // Winston keeps what it needs under symbols of the same object, so fields are replaced in place.
    for (const [name, value] of Object.entries(redact(info) as object)) info[name] = value;
    return info;
  });
  const line = winston.format.printf(({ level: shownLevel, message, timestamp, ...fields }) => {
    const rest = Object.entries(fields).filter(([name]) => !FRAME.has(name));
    const details = rest.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return `${String(timestamp).slice(11, 23)} ${shownLevel.padEnd(5)} ${message} ${details.join(' ')}`.trimEnd();
  });
  return winston.createLogger({
    level,
    format: winston.format.combine(redaction(), winston.format.timestamp(), pretty ? line : winston.format.json()),
    transports: [new winston.transports.Stream({ stream })],
  });
}

/** A logger that says nothing, for tests. */
export const silentLogger = (): Logger =>
  winston.createLogger({ silent: true, transports: [new winston.transports.Console()] });
