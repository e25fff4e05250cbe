import { BYTES_PER_MS } from '../../../codecs/framing.ts';
import { sleep } from '../clock.ts';
import type { PauseVerb, PlayVerb, SayVerb } from './document.ts';
import { resolveUrl } from './resolve-url.ts';
import { CONTINUE, type Stage, type Step } from './step.ts';

/** `<Say>`, `<Play>` and `<Pause>`: what Twilio itself lets the caller hear. */
export function performPrompt(prompt: SayVerb | PlayVerb | PauseVerb, stage: Stage): Promise<Step> {
  switch (prompt.verb) {
    case 'Say':
      return performSay(prompt, stage);
    case 'Play':
      return performPlay(prompt, stage);
    case 'Pause':
      return performPause(prompt, stage);
  }
}

async function performSay({ text, loop }: SayVerb, { call, signal }: Stage): Promise<Step> {
  const { clock, recorder, timeline, options } = call;
  for (let round = 0; round < loop && !signal.aborted; round += 1) {
    timeline.record({ type: 'say', text });
    if (options.speak === undefined) continue;
    const audio = await options.speak(text);
    const startedAt = clock.now();
    await sleep(clock, audio.length / BYTES_PER_MS, signal);
    const heard = Math.floor((clock.now() - startedAt) * BYTES_PER_MS);
    recorder.track(startedAt)('agent', 0, audio.subarray(0, heard));
  }
  return CONTINUE;
}

/** The file is not fetched: which one it was is all that a test can use. */
async function performPlay({ url, loop }: PlayVerb, { call, baseUrl, signal }: Stage): Promise<Step> {
  for (let round = 0; round < loop && !signal.aborted; round += 1) {
    call.timeline.record({ type: 'play', url: url === '' ? '' : resolveUrl(url, baseUrl) });
  }
  return CONTINUE;
}

async function performPause({ length }: PauseVerb, { call, signal }: Stage): Promise<Step> {
  call.timeline.record({ type: 'pause', seconds: length });
  await sleep(call.clock, length * 1000, signal);
  return CONTINUE;
}
