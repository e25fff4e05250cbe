import type { SpeechToText } from '../../../machines/call/ports.ts';
import { checkScript, type FaultStep, type ScriptStep } from './script.ts';

/** What a recogniser of ours really hears, for example the embedded one. */
export interface RecogniserHearing {
  /** Gets the client's µ-law, 8 kHz. */
  readonly recogniser: SpeechToText;
  /** Default: an unknown one, which means anything. */
  readonly topic?: string;
  readonly faults?: readonly FaultStep[];
}

/** What Flux understands of the audio: what a script says, or what a recogniser hears. */
export type Hearing = { readonly script: readonly ScriptStep[] } | RecogniserHearing;

/** @returns what happens at which point of the audio. @throws RangeError naming a step that Flux would never take */
export function stepsOf(hearing: Hearing): readonly ScriptStep[] {
  const steps = 'script' in hearing ? hearing.script : (hearing.faults ?? []);
  checkScript(steps);
  return steps;
}
