import { availableParallelism } from 'node:os';
import type { Profile } from '../../../agents/profile.ts';
import { UtteranceLog } from '../../../emulators/deepgram/speak/utterance-log.ts';
import { watermarked } from '../../../emulators/deepgram/speak/watermark.ts';
import { paced } from '../../../emulators/openai/paced-answer.ts';
import { accountForSound } from '../../../emulators/vendors/sound-account.ts';
import { startVendors } from '../../../emulators/vendors/start-vendors.ts';
import type { Interruption } from '../../../journal/call-record.ts';
import { createLocalLanguageModel } from '../../../services/language-model/local/local-language-model.ts';
import { synthesise } from '../../../services/text-to-speech/local/synthesise.ts';
import type { Finding } from '../verdict.ts';
import type { CallWire } from './call-wire.ts';
import { interruptionsOf, type SeenInterruption } from './interruptions.ts';
import { judgeRoad } from './judge-road.ts';
import { remembered } from './remembered.ts';
import { modelRequestsOf } from './road-evidence.ts';

/** What the vendors saw of one call, and whether it was as it should be. */
export interface RoadVerdict {
  readonly findings: readonly Finding[];
  readonly interruptions: readonly SeenInterruption[];
}

/** The vendors' emulators, and the record of all that crossed their wires. */
export interface VendorsRoad {
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves when Flux listens to so many calls. */
  listensTo(calls: number): Promise<void>;
  /**
   * Judges calls that are over.
   *
   * @param interruptions of each call, those that it knows of itself
   */
  judge(interruptions: readonly (readonly Interruption[])[]): Promise<readonly RoadVerdict[]>;
  close(): Promise<void>;
}

export interface VendorsRoadOptions {
  readonly profile: Profile;
  /** The calls, in the order in which they are dialled, one at a time; grows meanwhile. */
  readonly wires: readonly CallWire[];
  /** How many there will be. */
  readonly callers: number;
}

/** Seconds of audio that the voice makes a second: hardly faster than it sounds, so that who is cut is still being made. */
const VOICE_SPEED = 1.25;
/** Callers who are heard by one thread in comfort, when all of them speak. */
const CALLERS_OF_AN_EAR = 8;
/** The model is twice as fast as its words sound, behind a first sentence that it has at once. */
const MODEL_PACE = { atOnce: 100, msPerCharacter: 30 };

/**
 * Starts the emulators as slow as it takes for an interruption to find the model writing and the voice speaking, and such
 * that no two sentences sound the same.
 */
export async function startVendorsRoad({ profile, wires, callers }: VendorsRoadOptions): Promise<VendorsRoad> {
  const log = new UtteranceLog();
  const vendors = await startVendors({
    profile,
    ears: Math.min(availableParallelism(), Math.ceil(callers / CALLERS_OF_AN_EAR)),
    listen: { onSent: (connection, text) => wires[connection]?.noteRecogniserMessage(text) },
    speak: { ...log.hooks, pace: { speed: VOICE_SPEED } },
    voiceAs: (speak) => watermarked(remembered(speak)),
    answerAs: (answer) => paced(answer, MODEL_PACE),
  });
  const { listen, openai } = vendors;
  const model = createLocalLanguageModel(profile, { today: () => new Date() });
  const ownLines = Object.values(profile.script).flat().join(' ');
  const { name, rate } = profile.voice;
  const speak = remembered((text) => synthesise(text, name, rate));
  return {
    environment: vendors.environment,
    listensTo: (calls) => listen.until(() => listen.connections.length >= calls),
    async judge(interruptions) {
      const utterances = log.utterances();
      const heardOver = listen.connections.length;
      const heard: Finding = {
        what: 'the recogniser heard each call over one connection',
        holds: heardOver === wires.length,
        seen: `${heardOver} connections for ${wires.length} calls`,
      };
      const taken = new Set<(typeof utterances)[number]>();
      const verdicts: RoadVerdict[] = [];
      for (const [index, wire] of wires.entries()) {
        const sound = accountForSound(wire.sounds, utterances, taken);
        const { callSid } = wire.phone;
        const requests = await modelRequestsOf({ callSid, seen: openai.requests, sound, model, ownLines });
        const evidence = { wire, sound, requests, utterances };
        const seen = await interruptionsOf(evidence, speak);
        const findings = [heard, ...judgeRoad(evidence, seen, interruptions[index] ?? [])];
        verdicts.push({ findings, interruptions: seen });
      }
      return verdicts;
    },
    close: () => vendors.close(),
  };
}
