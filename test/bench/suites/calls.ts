import { connectCall, connectedChart } from '../../../machines/call/connect-call.ts';
import type { CallPorts } from '../../../machines/call/ports.ts';
import { BRIEF } from '../../support/call-on-paper.ts';
import { connectedChildren } from '../../support/connected-children.ts';
import type { BenchSuite } from '../suite.ts';

const nothing = (): void => {};
/** A world in which nothing happens: what is left is the chart's own work. */
const PORTS: CallPorts = {
  speechToText: { open: () => new Promise(nothing) },
  callerAudio: { attach: () => nothing },
  languageModel: { stream: async function* () {} },
  toolbox: { run: async () => '' },
  textToSpeech: { open: () => ({ say: nothing, end: nothing }) },
  playout: {
    write: nothing,
    endSentence: nothing,
    end: nothing,
    cut: nothing,
    hold: nothing,
    release: nothing,
    replay: nothing,
    subscribe: () => nothing,
  },
  callControl: { transfer: async () => {} },
};

const { recogniser, reply, transfer } = connectedChildren;
/** The chart and its children, built once more. */
const chartOfItsOwn = (): typeof connectedChart =>
  connectedChart.provide({
    actors: { recogniser: recogniser.provide({}), reply: reply.provide({}), transfer: transfer.provide({}) },
  });

const beginAndEnd = (chart: typeof connectedChart): void => {
  connectCall(PORTS, { input: BRIEF }, chart).start().send({ type: 'line.stopped' });
};

/** All calls are served by one event loop: what one of them takes at its beginning, the others wait for. */
export const suite: BenchSuite = {
  about: 'what a call takes of the event loop',
  groups: () => [
    {
      title: 'a call begins, and is hung up',
      unit: 'calls/s',
      baseline: 'with a chart of its own',
      cases: [
        { name: 'with a chart of its own', amount: 1, run: () => beginAndEnd(chartOfItsOwn()) },
        { name: 'with the chart of all calls', amount: 1, run: () => beginAndEnd(connectedChart) },
      ],
    },
  ],
};
