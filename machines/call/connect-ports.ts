import { connectionActor } from '../recogniser/actors/connection.ts';
import { recogniserMachine } from '../recogniser/machine.ts';
import { draftActor } from '../reply/actors/draft.ts';
import { toolActor } from '../reply/actors/tool.ts';
import { replyMachine } from '../reply/machine.ts';
import { handOverActor } from '../transfer/actors/hand-over.ts';
import { transferMachine } from '../transfer/machine.ts';
import { playoutActor } from './actors/playout.ts';
import { voiceActor } from './actors/voice.ts';
import { callMachine } from './machine.ts';
import type { CallPorts } from './ports.ts';

/**
 * The call chart with its children connected to the world. The server calls it once per call.
 *
 * @example createActor(connectPorts(ports), { input: brief, id: brief.callSid }).start()
 */
export const connectPorts = (ports: CallPorts) =>
  callMachine.provide({
    actors: {
      recogniser: recogniserMachine.provide({
        actors: { connection: connectionActor(ports.speechToText, ports.callerAudio) },
      }),
      reply: replyMachine.provide({
        actors: { draft: draftActor(ports.languageModel), tool: toolActor(ports.toolbox) },
      }),
      voice: voiceActor(ports.textToSpeech, ports.playout),
      playout: playoutActor(ports.playout),
      transfer: transferMachine.provide({ actors: { handOver: handOverActor(ports.callControl) } }),
    },
  });
