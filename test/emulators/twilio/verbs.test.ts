import { afterEach, describe, expect, it } from '@jest/globals';
import type { PhoneCall } from '../../../emulators/twilio/phone-call.ts';
import type { PhoneOptions } from '../../../emulators/twilio/phone-options.ts';
import { placeCall } from '../../../emulators/twilio/place-call.ts';
import { connectTwiml, type Route, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

let server: ScriptedServer;

async function run(
  body: string,
  options: Partial<PhoneOptions> = {},
  routes: Record<string, Route> = {},
): Promise<PhoneCall> {
  server = await startScriptedServer({ '/voice': `<Response>${body}</Response>`, ...routes });
  return placeCall({ url: `${server.origin}/voice`, ...options });
}

const happened = (call: PhoneCall) => call.timeline.map(({ event }) => event).filter(({ type }) => type !== 'webhook');

afterEach(() => server.close());

describe('verbs', () => {
  it('run in order until the document ends', async () => {
    const call = await run('<Say loop="2">hello</Say><Pause length="0"/><Play>/ring.wav</Play>');
    await call.ended;
    expect(happened(call)).toEqual([
      { type: 'say', text: 'hello' },
      { type: 'say', text: 'hello' },
      { type: 'pause', seconds: 0 },
      { type: 'play', url: `${server.origin}/ring.wav` },
      { type: 'ended', reason: 'document ended', status: 'completed' },
    ]);
  });

  it('Say is heard in real time with a synthesiser, and cut short by a hang-up', async () => {
    const speak = async (text: string) => new Uint8Array(text.length * 80).fill(0x90);
    const call = await run('<Say>0123456789</Say><Say>a very long sentence that nobody will hear to its end</Say>', {
      speak,
    });
    await call.next('say', ({ text }) => text.startsWith('a very'));
    await call.hangUp();
    const heard = call.recording.render('agent').length;
    expect(heard).toBeGreaterThanOrEqual(800);
    expect(heard).toBeLessThan(800 + 400);
  });

  it('Redirect asks for another document', async () => {
    const call = await run(
      '<Redirect method="GET">/next?a=1</Redirect><Say>never</Say>',
      {},
      { '/next': '<Response><Hangup/></Response>' },
    );
    await expect(call.ended).resolves.toMatchObject({ reason: 'hangup verb' });
    const [request] = server.requestsTo('/next');
    expect(request?.method).toBe('GET');
    expect(request?.parameters).toMatchObject({ a: '1', CallSid: call.callSid, CallStatus: 'in-progress' });
  });

  it.each([
    ['', 'no-answer'],
    ['reason="busy"', 'busy'],
  ])('Reject %s leaves the call unanswered: %s', async (attributes, status) => {
    const call = await run(`<Reject ${attributes}/>`);
    await expect(call.ended).resolves.toEqual({ type: 'ended', reason: 'rejected', status });
    expect(call.facts.answeredAt).toBeUndefined();
  });

  it('Dial ends the call when the other party answers', async () => {
    const call = await run('<Dial>+14155550111</Dial><Say>never</Say>');
    await expect(call.ended).resolves.toMatchObject({ reason: 'dialled' });
    await expect(call.waitFor('dial')).resolves.toEqual({
      type: 'dial',
      targets: [{ kind: 'number', name: '+14155550111' }],
      outcome: { status: 'completed', durationSeconds: 30 },
    });
  });

  it('Dial goes on with the next verb when it is busy', async () => {
    const call = await run('<Dial>+14155550111</Dial><Say>the line is busy</Say>', {
      dialOutcome: () => ({ status: 'busy', durationSeconds: 0 }),
    });
    await call.ended;
    expect(happened(call).map(({ type }) => type)).toEqual(['dial', 'say', 'ended']);
  });

  it('Dial reports to its action, whose answer takes over', async () => {
    const call = await run(
      '<Dial action="/dialled"><Number>+14155550111</Number></Dial><Say>never</Say>',
      {},
      {
        '/dialled': '<Response><Say>welcome back</Say></Response>',
      },
    );
    await call.ended;
    expect(server.requestsTo('/dialled')[0]?.parameters).toMatchObject({
      DialCallStatus: 'completed',
      DialCallDuration: '30',
      DialBridged: 'true',
      DialCallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
    });
    expect(happened(call).map(({ type }) => type)).toEqual(['dial', 'say', 'ended']);
  });

  it('Enqueue hands the caller to a queue and tells the action', async () => {
    const call = await run(
      '<Enqueue action="/left" waitUrl="/music">support</Enqueue>',
      { queueResult: 'leave' },
      { '/left': '<Response/>' },
    );
    await call.ended;
    await expect(call.waitFor('enqueue')).resolves.toEqual({ type: 'enqueue', queue: 'support' });
    expect(server.requestsTo('/left')[0]?.parameters).toMatchObject({ QueueResult: 'leave', QueueTime: '0' });
  });

  it('Enqueue with a workflow makes a task of the caller, and an empty answer of the action ends the call', async () => {
    const call = await run(
      `<Enqueue action="/left" workflowSid="WW${'0'.repeat(32)}"><Task priority="5">{"agent":"hotel &amp; spa"}</Task></Enqueue>`,
      {},
      { '/left': '<Response/>' },
    );
    await expect(call.ended).resolves.toMatchObject({ reason: 'document ended' });
    expect(happened(call)[0]).toEqual({
      type: 'enqueue',
      queue: `WW${'0'.repeat(32)}`,
      task: { agent: 'hotel & spa' },
    });
    expect(server.requestsTo('/left')[0]?.parameters).toMatchObject({ QueueResult: 'bridged' });
  });

  it('Enqueue without an action ends the call when somebody takes it', async () => {
    const call = await run('<Enqueue>support</Enqueue><Say>never</Say>');
    await expect(call.ended).resolves.toEqual({ type: 'ended', reason: 'enqueued', status: 'completed' });
    expect(happened(call).map(({ type }) => type)).toEqual(['enqueue', 'ended']);
  });

  it('Gather takes keys until there are enough, and interrupts its prompt', async () => {
    const call = await run(
      '<Gather numDigits="3" action="/code"><Pause length="600"/></Gather>',
      {},
      { '/code': '<Response/>' },
    );
    await call.waitFor('pause');
    for (const digit of '123') call.dtmf(digit);
    await call.ended;
    expect(server.requestsTo('/code')[0]?.parameters).toMatchObject({ Digits: '123' });
  });

  it('Gather without a key goes on with the next verb', async () => {
    const call = await run('<Gather timeout="0"/><Say>no key</Say>');
    await call.ended;
    expect(happened(call)).toMatchObject([{ type: 'gather', digits: '' }, { type: 'say' }, { type: 'ended' }]);
  });

  it('Gather ends with the finishing key', async () => {
    const call = await run(
      '<Gather finishOnKey="*" action="/code"><Say>code?</Say></Gather>',
      {},
      { '/code': '<Response/>' },
    );
    await call.waitFor('say');
    for (const digit of '7#*') call.dtmf(digit);
    await call.ended;
    expect(server.requestsTo('/code')[0]?.parameters).toMatchObject({ Digits: '7#' });
  });

  it('a hang-up ends any verb at once', async () => {
    const call = await run('<Pause length="600"/>');
    await call.waitFor('pause');
    await expect(call.hangUp()).resolves.toMatchObject({ reason: 'caller hung up' });
    await expect(call.next('say')).rejects.toThrow("waited for 'say', but the call has ended (caller hung up)");
  });

  it('a document that fails ends the call with an application error', async () => {
    const call = await run('<Redirect>/broken</Redirect>');
    await expect(call.ended).resolves.toMatchObject({ reason: 'application error' });
    expect(call.warnings).toMatchObject([{ code: 11200, message: expect.stringContaining('answered 404') }]);
  });

  it.each([
    ['ws://voice.example.com/media', 31922],
    ['https://voice.example.com/media', 31922],
    ['wss://voice.example.com/media?token=1', 31920],
    ['ws://127.0.0.1:1/media', 31902],
  ])('a stream to %s fails with %d and the next verb runs', async (url, code) => {
    const call = await run(
      `<Connect><Stream url="${url}" statusCallback="/stream"/></Connect><Say>sorry</Say>`,
      {},
      { '/stream': '' },
    );
    await call.ended;
    expect(happened(call)).toMatchObject([{ type: 'warning', code }, { type: 'say' }, { type: 'ended' }]);
    expect(server.requestsTo('/stream').map(({ parameters }) => parameters)).toMatchObject([
      { StreamEvent: 'stream-error', StreamError: expect.stringContaining(String(code)) },
    ]);
  });

  it('a stream whose upgrade is refused fails with 31920', async () => {
    server = await startScriptedServer({ '/voice': () => connectTwiml(server.host) }, { acceptsStreams: false });
    const call = await placeCall({ url: `${server.origin}/voice` });
    await call.ended;
    expect(call.warnings).toMatchObject([
      { code: 31920, message: `stream ws://${server.host}/media: Unexpected server response: 401` },
    ]);
  });

  it('a secure stream to a port without TLS fails with 31910', async () => {
    server = await startScriptedServer({
      '/voice': () => `<Response><Connect><Stream url="wss://${server.host}/media"/></Connect></Response>`,
    });
    const call = await placeCall({ url: `${server.origin}/voice` });
    await call.ended;
    expect(call.warnings).toMatchObject([{ code: 31910 }]);
  });

  it('a relative stream URL belongs to the document', async () => {
    server = await startScriptedServer({
      '/voice': '<Response><Connect><Stream url="/twilio/media"/></Connect></Response>',
    });
    const call = await placeCall({ url: `${server.origin}/voice` });
    await (await server.stream()).streamSid();
    await call.hangUp();
    expect(call.warnings).toEqual([]);
  });

  it('status callbacks come in order, numbered, or newest first by fault', async () => {
    const events = ['initiated', 'ringing', 'answered', 'completed'] as const;
    server = await startScriptedServer({ '/voice': '<Response/>', '/status': '' });
    const statusCallback = { url: `${server.origin}/status`, events };
    const seen = () => server.requestsTo('/status').map(({ parameters: p }) => `${p.SequenceNumber} ${p.CallStatus}`);
    await (await placeCall({ url: `${server.origin}/voice`, statusCallback })).ended;
    const ordered = ['0 initiated', '1 ringing', '2 in-progress', '3 completed'];
    expect(seen()).toEqual(ordered);
    const faults = { statusCallbacksReversed: true };
    await (await placeCall({ url: `${server.origin}/voice`, statusCallback, faults })).ended;
    expect(seen().slice(4)).toEqual(ordered.toReversed());
  });
});
