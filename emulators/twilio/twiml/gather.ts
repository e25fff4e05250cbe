import { sleep } from '../clock.ts';
import type { GatherVerb } from './document.ts';
import { performPrompt } from './prompts.ts';
import { resolveUrl } from './resolve-url.ts';
import { CONTINUE, type Stage, type Step } from './step.ts';

/**
 * `<Gather>` of keys: plays its prompts until the first key, then takes keys until `numDigits`, `finishOnKey`, or
 * `timeout` seconds without one. With keys the `action` (default: the same document) is asked; without, the next verb runs.
 *
 * @see https://www.twilio.com/docs/voice/twiml/gather
 */
export async function performGather(gather: GatherVerb, stage: Stage): Promise<Step> {
  const digits = await collect(gather, stage);
  stage.call.timeline.record({ type: 'gather', digits });
  if (digits === '' && !gather.actionOnEmptyResult) return CONTINUE;
  const url = resolveUrl(gather.action ?? '', stage.baseUrl);
  return { kind: 'request', url, method: gather.method, parameters: { Digits: digits } };
}

async function collect(gather: GatherVerb, { call, baseUrl, signal }: Stage): Promise<string> {
  const { timeline, clock } = call;
  let digits = '';
  let finished = false;
  let key = new AbortController();
  const pressed = timeline.on('dtmf', ({ digit }) => {
    finished ||= digit === gather.finishOnKey;
    if (!finished) digits += digit;
    finished ||= digits.length === gather.numDigits;
    key.abort();
  });
  const wake = (): void => key.abort();
  signal.addEventListener('abort', wake);
  for (const prompt of gather.prompts) {
    if (!key.signal.aborted) await performPrompt(prompt, { call, baseUrl, signal: key.signal });
  }
  do {
    key = new AbortController();
    if (!finished && !signal.aborted) await sleep(clock, gather.timeout * 1000, key.signal);
  } while (key.signal.aborted && !finished && !signal.aborted);
  signal.removeEventListener('abort', wake);
  pressed();
  return digits;
}
