import { connectCall, type connectedChart } from '../../machines/call/connect-call.ts';

/** Makes a server's calls of this chart, for a server with other delays, or with a fault in it. */
export const connectTo =
  (chart: typeof connectedChart): typeof connectCall =>
  (ports, options) =>
    connectCall(ports, options, chart);
