import { describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { parseTwiml } from '../../../../emulators/twilio/twiml/parse.ts';

const WORKFLOW = `WW${'0'.repeat(32)}`;
const workflow = (nouns: string) => `<Enqueue workflowSid="${WORKFLOW}">${nouns}</Enqueue>`;

const parse = (body: string) => parseTwiml(`<Response>${body}</Response>`, 'https://voice.example.com/twilio/voice');

describe('TwiML', () => {
  it('reads what the SDK writes, entities and order included', () => {
    const response = new twilio.twiml.VoiceResponse();
    const stream = response
      .connect({ action: '/ended?a=1&b=2' })
      .stream({ url: 'wss://voice.example.com/media', name: 'agent', statusCallback: '/stream' });
    stream.parameter({ name: 'token', value: '<"&\'é>' });
    stream.parameter({ name: 'tenant', value: '007' });
    response.say({ voice: 'alice' }, 'Good & bye.');
    response.hangup();
    expect(parseTwiml(response.toString(), 'https://voice.example.com/twilio/voice')).toEqual({
      baseUrl: 'https://voice.example.com/twilio/voice',
      verbs: [
        {
          verb: 'Connect',
          action: '/ended?a=1&b=2',
          method: 'POST',
          stream: {
            url: 'wss://voice.example.com/media',
            name: 'agent',
            statusCallback: '/stream',
            statusCallbackMethod: 'POST',
            parameters: { token: '<"&\'é>', tenant: '007' },
          },
        },
        { verb: 'Say', voice: 'alice', loop: 1, text: 'Good & bye.' },
        { verb: 'Hangup' },
      ],
    });
  });

  it('reads dialled numbers, conferences and queues', () => {
    const [plain, nouns] = parse(
      '<Dial>+14155550111</Dial><Dial timeout="10" record="do-not-record"><Number>+14155550112</Number>' +
        '<Conference endConferenceOnExit="true">room</Conference><Queue>support</Queue></Dial>',
    ).verbs;
    expect(plain).toMatchObject({ verb: 'Dial', targets: [{ kind: 'number', name: '+14155550111' }] });
    expect(nouns).toMatchObject({
      timeout: 10,
      targets: [
        { kind: 'number', name: '+14155550112' },
        { kind: 'conference', name: 'room' },
        { kind: 'queue', name: 'support' },
      ],
    });
  });

  it('reads the other verbs', () => {
    const { verbs } = parse(
      '<Pause length="2"/><Play>/ring.wav</Play><Redirect method="GET">/next</Redirect><Reject reason="busy"/>' +
        '<Enqueue waitUrl="/wait">support</Enqueue><Gather numDigits="4"><Say>Your code?</Say></Gather>',
    );
    expect(verbs).toMatchObject([
      { verb: 'Pause', length: 2 },
      { verb: 'Play', url: '/ring.wav' },
      { verb: 'Redirect', method: 'GET', url: '/next' },
      { verb: 'Reject', reason: 'busy' },
      { verb: 'Enqueue', queue: 'support', waitUrl: '/wait' },
      { verb: 'Gather', numDigits: 4, timeout: 5, finishOnKey: '#', prompts: [{ verb: 'Say', text: 'Your code?' }] },
    ]);
  });

  it('reads queues by name and workflows, with and without a task', () => {
    const { verbs } = parse(
      `<Enqueue>Front &amp; desk</Enqueue>${workflow('')}${workflow('<Task timeout="60">{"turns":3}</Task>')}`,
    );
    expect(verbs).toEqual([
      { verb: 'Enqueue', method: 'POST', waitUrlMethod: 'POST', queue: 'Front & desk' },
      { verb: 'Enqueue', method: 'POST', waitUrlMethod: 'POST', workflowSid: WORKFLOW, queue: WORKFLOW },
      {
        verb: 'Enqueue',
        method: 'POST',
        waitUrlMethod: 'POST',
        workflowSid: WORKFLOW,
        queue: WORKFLOW,
        task: { turns: 3 },
      },
    ]);
  });

  it('accepts parameters up to 499 characters, name and value together', () => {
    const stream = (value: string) =>
      parse(`<Connect><Stream url="wss://x/m"><Parameter name="abc" value="${value}"/></Stream></Connect>`);
    expect(stream('v'.repeat(496)).verbs).toHaveLength(1);
    expect(() => stream('v'.repeat(497))).toThrow(
      '<Parameter name="abc"> has 500 characters, allowed are fewer than 500',
    );
  });

  it.each([
    ['<Record/>', 12200, 'TwiML verb <Record> is not emulated'],
    ['<Start><Stream url="wss://x"/></Start>', 12200, 'TwiML verb <Start> is not emulated'],
    [
      '<Connect><ConversationRelay/></Connect>',
      12200,
      '<Connect> must hold exactly one <Stream>, found <ConversationRelay>',
    ],
    ['<Connect/>', 12200, '<Connect> must hold exactly one <Stream>, found nothing'],
    ['<Connect><Stream/></Connect>', 12200, /^<Stream>: url: Invalid input/],
    ['<Connect retries="3"><Stream url="wss://x"/></Connect>', 12200, '<Connect>: Unrecognized key: "retries"'],
    ['<Connect><Stream url="wss://x" track="both_tracks"/></Connect>', 12200, /^<Stream>: track: Invalid input/],
    ['<Connect><Stream url="wss://x"><Foo/></Stream></Connect>', 12200, '<Foo> is not allowed inside <Stream>'],
    ['<Dial/>', 12200, '<Dial> names nobody to dial'],
    ['<Dial><Sip>sip:a@b</Sip></Dial>', 12200, '<Sip> inside <Dial> is not emulated'],
    ['<Pause length="soon"/>', 12200, '<Pause>: length: must be a whole number'],
    ['<Gather input="speech"/>', 12200, '<Gather>: input: only dtmf is emulated'],
    ['<Gather><Dial>1</Dial></Gather>', 12200, '<Dial> is not allowed inside <Gather>'],
    ['<Enqueue/>', 12200, '<Enqueue> is empty'],
    [`<Enqueue>${'q'.repeat(65)}</Enqueue>`, 12200, '<Enqueue> names a queue with 65 characters, allowed are 64'],
    ['<Enqueue><Task>{}</Task></Enqueue>', 12200, '<Enqueue> is empty'],
    ['<Enqueue>support<Task>{}</Task></Enqueue>', 12200, '<Task> is not allowed inside <Enqueue>'],
    ['<Enqueue priority="1">support</Enqueue>', 12200, '<Enqueue>: Unrecognized key: "priority"'],
    ['<Enqueue workflowSid="WW1"/>', 12200, '<Enqueue>: workflowSid: must be WW and 32 hexadecimal digits'],
    [
      `<Enqueue workflowSid="${WORKFLOW}">support</Enqueue>`,
      12200,
      '<Enqueue> with a workflowSid takes no name of a queue',
    ],
    [workflow('<Task>{}</Task><Task>{}</Task>'), 12200, '<Enqueue> holds more than one <Task>'],
    [workflow('<Task>["a"]</Task>'), 12200, '<Task> must hold a JSON object'],
    [workflow('<Task>{agent</Task>'), 12200, '<Task> must hold a JSON object'],
    [workflow('<Task/>'), 12200, '<Task> is empty'],
    [workflow('<Task delay="1">{}</Task>'), 12200, '<Task>: Unrecognized key: "delay"'],
    [workflow('<Note>{}</Note>'), 12200, '<Note> is not allowed inside <Enqueue>'],
    ['<Say></Say>', 12200, '<Say> is empty'],
    ['<Say loop="0">x</Say>', 12200, '<Say>: loop: must be 1 or more; endless loops are not emulated'],
    ['<Say>a', 12100, /^TwiML is not well-formed: /],
  ])('refuses %s', (body, code, message) => {
    expect(failureOf(() => parse(body))).toEqual({ code, message: expect.stringMatching(exactly(message)) });
  });

  it.each([
    ['', 12100],
    ['hello', 12100],
    ['{"ok":true}', 12100],
    ['<Response/><Response/>', 12100],
    ['<response/>', 12102],
    ['<html><body/></html>', 12102],
  ])('refuses the document %j', (xml, code) => {
    expect(failureOf(() => parseTwiml(xml, undefined))).toMatchObject({ code });
  });
});

function failureOf(action: () => unknown): { code: unknown; message: unknown } {
  try {
    action();
  } catch (error) {
    return { code: (error as { code: unknown }).code, message: (error as Error).message };
  }
  throw new Error('nothing was thrown');
}

function exactly(message: string | RegExp): RegExp {
  return message instanceof RegExp ? message : new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
