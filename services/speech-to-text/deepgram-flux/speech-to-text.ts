import { DeepgramClient, type ListenV2Encoding } from '@deepgram/sdk';
import type { SpeechToText, SpeechToTextOptions } from '../../../machines/call/ports.ts';
import { fluxError } from './failure.ts';
import { type DeepgramFluxOptions, type FluxSettings, type Listening, listeningFor, readOptions } from './options.ts';
import { FluxSession, type FluxSocket } from './session.ts';

const MULAW: ListenV2Encoding = 'mulaw';
const SAMPLE_RATE = 8000;

/**
 * Recognises speech with Deepgram Flux, which also decides when a turn ends.
 *
 * Flux runs on audio time: write everything, silence included, also while the agent speaks, or turns never end. A lost
 * session is reported, not repaired; the next one starts its clock and its turns from 0.
 *
 * @param onWarning told what a session could do without: a `Configure` that was refused, a `Warning`, a message of an
 * unknown type. Never a secret, never a caller's words.
 * @throws ServiceError `bad-request` naming every wrong option
 * @see https://developers.deepgram.com/docs/flux
 * @example
 * createDeepgramFlux({ apiKey, listening: { eagerEotThreshold: 0.5, keyterms: ['Continental'] } }, logger.warn)
 */
export function createDeepgramFlux(
  options: DeepgramFluxOptions,
  onWarning: (message: string) => void = () => {},
): SpeechToText {
  const settings = readOptions(options);
  const client = new DeepgramClient({ apiKey: settings.apiKey, baseUrl: settings.baseUrl });
  return {
    async open(call: SpeechToTextOptions) {
      const listening = listeningFor(settings, call.topic);
      // Makes the socket without connecting it: nothing to free when the signal is aborted meanwhile.
      const socket = (await client.listen.v2.connect(parametersOf(settings, listening))) as FluxSocket;
      if (call.signal.aborted) throw fluxError('the session was aborted while it opened', 'cancelled');
      return FluxSession.open({ socket, settings, listening, call, onWarning });
    },
  };
}

function parametersOf({ model, languageHints, openTimeoutMs }: FluxSettings, listening: Listening) {
  const { eotThreshold, eagerEotThreshold, eotTimeoutMs, keyterms } = listening;
  return {
    model,
    encoding: MULAW,
    sample_rate: SAMPLE_RATE,
    eot_threshold: eotThreshold,
    ...(eagerEotThreshold !== undefined && { eager_eot_threshold: eagerEotThreshold }),
    eot_timeout_ms: eotTimeoutMs,
    ...(keyterms.length > 0 && { keyterm: [...keyterms] }),
    ...(languageHints.length > 0 && { language_hint: [...languageHints] }),
    // Both: the number alone does not keep the SDK from following a close with a new try of its own.
    reconnectAttempts: 0,
    shouldReconnect: () => false,
    connectionTimeoutInSeconds: openTimeoutMs / 1000,
  };
}
