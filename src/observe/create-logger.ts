import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';
import { redact } from './redact.ts';

/** What the rest of the service may do with a log: no more than this is asked of it. */
export type Logger = Pick<PinoLogger, 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'> & {
  child(bindings: Record<string, unknown>): Logger;
};

export type LoggerOptions = {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Standard error by default, because standard output is for data. */
  destination?: DestinationStream;
};

/** One JSON object a line, so nothing that is logged can forge a line; secrets are removed by their key. */
export function createLogger({ level, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      serializers: { err: (fault: unknown) => fault },
    },
    destination ?? pino.destination(2),
  );
}
