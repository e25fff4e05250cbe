import type { CallContext } from '../call-context.ts';
import { CallFailure } from '../call-failure.ts';
import { newSid } from '../sid.ts';
import { forge, SIGNATURE_HEADER, sign } from '../signature.ts';
import { checkStreamAddress } from '../stream/handshake-failure.ts';
import { MediaStream, type StreamEnd } from '../stream/media-stream.ts';
import type { ConnectVerb, StreamNoun } from './document.ts';
import { resolveStreamUrl, resolveUrl } from './resolve-url.ts';
import { CONTINUE, type Stage, type Step } from './step.ts';

/**
 * `<Connect><Stream>`: blocks until the stream is over, however it ends; then `action` is asked for what to do, and
 * without an `action` the next verb runs.
 *
 * @see https://www.twilio.com/docs/voice/twiml/stream
 */
export async function performConnect({ stream, action, method }: ConnectVerb, stage: Stage): Promise<Step> {
  const streamSid = newSid('MZ');
  const report = statusReporter(stream, streamSid, stage);
  const end = await connect(stream, streamSid, stage, () => report('stream-started'));
  if (end.by === 'failure') report('stream-error', `${end.failure.code} ${end.failure.message}`);
  else report('stream-stopped');
  if (action === undefined) return CONTINUE;
  return { kind: 'request', url: resolveUrl(action, stage.baseUrl), method, parameters: {} };
}

async function connect(noun: StreamNoun, streamSid: string, stage: Stage, onStarted: () => void): Promise<StreamEnd> {
  const { call, baseUrl, signal } = stage;
  const { identity, timeline, options } = call;
  const faults = options.faults ?? {};
  const address = resolveStreamUrl(noun.url, baseUrl);
  try {
    checkStreamAddress(address);
    if (faults.handshakeFailure) throw new CallFailure(31901, `stream ${address}: no answer (fault injected)`);
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    timeline.warn(error.code, error.message);
    return { by: 'failure', failure: error };
  }
  const stream = new MediaStream({
    address: call.addresses.toLocal(address),
    headers: signatureHeaders(call, address),
    identity: { accountSid: identity.accountSid, callSid: identity.callSid, streamSid },
    customParameters: noun.parameters,
    caller: call.caller,
    recorder: call.recorder,
    timeline,
    clock: call.clock,
    faults,
    silenceMs: options.silenceMs ?? 300,
    onFrame: options.onFrame ?? (() => {}),
    onStarted,
  });
  const stop = (): void => stream.stop();
  signal.addEventListener('abort', stop);
  call.stream = stream;
  const end = await stream.ended;
  call.stream = undefined;
  signal.removeEventListener('abort', stop);
  return end;
}

/** The upgrade is signed over the exact public `wss` URL, without parameters. */
function signatureHeaders({ options }: CallContext, address: string): Record<string, string> {
  const { authToken, faults } = options;
  if (faults?.badSignature === 'upgrade' || faults?.badSignature === 'everywhere') {
    return { [SIGNATURE_HEADER]: forge(address) };
  }
  return authToken === undefined ? {} : { [SIGNATURE_HEADER]: sign(authToken, address) };
}

type StreamEvent = 'stream-started' | 'stream-stopped' | 'stream-error';

/** @see https://www.twilio.com/docs/voice/twiml/stream#statuscallback */
function statusReporter(noun: StreamNoun, streamSid: string, { call, baseUrl }: Stage) {
  const { name = streamSid, statusCallback, statusCallbackMethod } = noun;
  const url = statusCallback === undefined ? undefined : resolveUrl(statusCallback, baseUrl);
  return (event: StreamEvent, error?: string): void => {
    if (url === undefined) return;
    call.deliveries.send(url, statusCallbackMethod, {
      AccountSid: call.identity.accountSid,
      CallSid: call.identity.callSid,
      StreamSid: streamSid,
      StreamName: name,
      StreamEvent: event,
      ...(error === undefined ? {} : { StreamError: error }),
      Timestamp: new Date().toISOString(),
    });
  };
}
