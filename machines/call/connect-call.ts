import { type Actor, type ActorOptions, createActor } from 'xstate';
import { connectionActor } from '../recogniser/actors/connection.ts';
import { recogniserMachine } from '../recogniser/machine.ts';
import { draftActor } from '../reply/actors/draft.ts';
import { toolActor } from '../reply/actors/tool.ts';
import { replyMachine } from '../reply/machine.ts';
import { handOverActor } from '../transfer/actors/hand-over.ts';
import { transferMachine } from '../transfer/machine.ts';
import { playoutActor } from './actors/playout.ts';
import { voiceActor } from './actors/voice.ts';
import type { CallBrief } from './brief.ts';
import { callMachine } from './machine.ts';
import type { CallPorts, PortOf } from './ports.ts';

/** The ports of each call, by its actor system. */
const portsOfCalls = new WeakMap<object, CallPorts>();

const portOf =
  <Name extends keyof CallPorts>(name: Name): PortOf<CallPorts[Name]> =>
  (system) => {
    const ports = portsOfCalls.get(system);
    if (!ports) throw new Error(`the call's ${name} is not connected: make the call with connectCall()`);
    return ports[name];
  };

/**
 * The call chart with its children connected to whatever the call is connected to. One for all calls: building a chart takes
 * 4 ms and a third of a megabyte, during which no other call is served.
 */
export const connectedChart = callMachine.provide({
  actors: {
    recogniser: recogniserMachine.provide({
      actors: { connection: connectionActor(portOf('speechToText'), portOf('callerAudio')) },
    }),
    reply: replyMachine.provide({
      actors: { draft: draftActor(portOf('languageModel')), tool: toolActor(portOf('toolbox')) },
    }),
    voice: voiceActor(portOf('textToSpeech'), portOf('playout')),
    playout: playoutActor(portOf('playout')),
    transfer: transferMachine.provide({ actors: { handOver: handOverActor(portOf('callControl')) } }),
  },
});

/**
 * One call, connected to the world and not yet started. The server makes one per call.
 *
 * @param chart default: {@link connectedChart}
 * @example connectCall(ports, { input: brief, id: brief.callSid }).start()
 */
export function connectCall(
  ports: CallPorts,
  options: ActorOptions<typeof callMachine> & { readonly input: CallBrief },
  chart: typeof connectedChart = connectedChart,
): Actor<typeof callMachine> {
  const call = createActor(chart, options);
  portsOfCalls.set(call.system, ports);
  return call;
}
