import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const standIns = fileURLToPath(new URL('stand-ins/', import.meta.url));

/** Each chart, and what is imported in its place. The stand-in alone sees the chart itself. */
const STAND_INS = new Map(
  Object.entries({
    'machines/call/machine.ts': 'call.ts',
    'machines/reply/machine.ts': 'reply.ts',
    'machines/recogniser/machine.ts': 'recogniser.ts',
    'machines/transfer/machine.ts': 'transfer.ts',
    'test/support/door-machine.ts': 'door.ts',
  }).map(([chart, standIn]) => [join(root, chart), join(standIns, standIn)]),
);

/**
 * Gives every test, and all that it imports, the mutant instead of the chart. No file is changed for it.
 *
 * @type {(request: string, options: { basedir: string, defaultResolver: Function }) => string}
 */
export default function resolve(request, options) {
  const path = options.defaultResolver(request, options);
  return join(options.basedir, '/') === standIns ? path : (STAND_INS.get(path) ?? path);
}
