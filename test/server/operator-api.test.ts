import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallEvent } from '../../machines/call/events.ts';
import { type CapturedLog, captureLog } from '../system/captured-log.ts';
import { callSidOf, FakePhone } from './fake-phone.ts';
import { allOver, type TestServer, testServer } from './test-server.ts';

const CALL = callSidOf(7);
const SECRET_LINE = 'xylophone marmalade';

let server: TestServer;
let phone: FakePhone;
let log: CapturedLog;
/** What operators said to the call, as it arrived there. */
let arrived: CallEvent[];

afterEach(async () => {
  phone.hangUp();
  await allOver(server);
  await server.stop();
});

async function start(environment: NodeJS.ProcessEnv = {}): Promise<void> {
  log = captureLog([], 'debug');
  arrived = [];
  server = await testServer(environment, {
    logger: log.logger,
    onCall: (session) => session.watch((event) => event.type.startsWith('operator.') && arrived.push(event)),
  });
  phone = await FakePhone.call(server.url, CALL);
  await phone.spoken(1);
}

/** @param body JSON text, or a value to be made JSON */
async function command(body: unknown, headers: Record<string, string> = {}, callSid = CALL) {
  const response = await fetch(`${server.url}/api/calls/${callSid}/operator`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const answer = (await response.json()) as { callSid?: string; error?: { message: string; hint: string } };
  return { status: response.status, ...answer };
}

describe('POST /api/calls/:callSid/operator', () => {
  it.each([
    [{ action: 'takeOver' }, { type: 'operator.takeOver' }],
    [
      { action: 'say', text: ' One\n moment,\tplease. ' },
      { type: 'operator.say', text: 'One moment, please.' },
    ],
    [
      { action: 'say', text: 'é'.repeat(500) },
      { type: 'operator.say', text: 'é'.repeat(500) },
    ],
    [{ action: 'handBack' }, { type: 'operator.handBack' }],
    [{ action: 'transfer' }, { type: 'operator.transfer' }],
    [{ action: 'hangUp' }, { type: 'operator.hangUp' }],
  ])('tells the call at once: case %#', async (body, event) => {
    await start();
    expect(await command(body)).toMatchObject({ status: 202, callSid: CALL, agent: 'continental' });
    expect(arrived).toEqual([event]);
    expect(log.lines().filter(({ action }) => action !== undefined)).toMatchObject([
      { level: 'info', message: 'an operator acted', callSid: CALL, action: event.type },
    ]);
  });

  const EXTRA = 'expected no other fields than action, and text for say';
  it.each([
    [{}, 'action: expected takeOver, say, handBack, transfer or hangUp'],
    [{ action: 'shout' }, 'action: expected takeOver, say, handBack, transfer or hangUp'],
    [{ action: 'say' }, 'text: expected a text'],
    [{ action: 'say', text: 7 }, 'text: expected a text'],
    [{ action: 'say', text: '' }, 'text: expected words'],
    [{ action: 'say', text: ' … ' }, 'text: expected words'],
    [{ action: 'say', text: `${SECRET_LINE} ${'x'.repeat(500)}` }, 'text: expected 500 characters at most'],
    [{ action: 'takeOver', text: SECRET_LINE }, EXTRA],
    [{ action: 'say', text: 'Hello.', [SECRET_LINE]: true }, EXTRA],
    [{ action: 'say', txt: SECRET_LINE }, `text: expected a text; ${EXTRA}`],
  ])('refuses what it does not understand, and repeats none of it: case %#', async (body, message) => {
    await start();
    const answer = await command(body);
    expect(answer).toMatchObject({
      status: 400,
      error: { message, hint: 'Send, as application/json, for example {"action": "takeOver"}.' },
    });
    expect(arrived).toEqual([]);
    expect(JSON.stringify(answer) + log.text()).not.toContain('marmalade');
  });

  it.each([
    ['no JSON', `{"action": "say", "text": "${SECRET_LINE}`, {}, 400, 'the request cannot be read'],
    ['too long', JSON.stringify({ action: 'say', text: SECRET_LINE.repeat(1000) }), {}, 413, 'the body is too large'],
    [
      'another type, which a page of another origin may send unasked',
      '{"action": "hangUp"}',
      { 'content-type': 'text/plain' },
      400,
      'expected takeOver, say, handBack, transfer or hangUp',
    ],
    ['a list', '["takeOver"]', {}, 400, 'expected takeOver, say, handBack, transfer or hangUp'],
  ])('refuses a body that is %s', async (_, body, headers, status, message) => {
    await start();
    const answer = await command(body, headers as Record<string, string>);
    expect(answer).toMatchObject({ status, error: { message: expect.stringContaining(message) } });
    expect(arrived).toEqual([]);
    expect(JSON.stringify(answer) + log.text()).not.toContain('marmalade');
  });

  it('knows live calls only', async () => {
    await start();
    for (const callSid of [callSidOf(8), 'CA1', '%00'])
      expect(await command({ action: 'takeOver' }, {}, callSid)).toMatchObject({
        status: 404,
        error: { message: 'no such call is live' },
      });
    phone.hangUp();
    await allOver(server);
    expect(await command({ action: 'takeOver' })).toMatchObject({ status: 404 });
    expect(arrived).toEqual([]);
  });

  it('demands the token, before it reads anything', async () => {
    await start({ ADMIN_TOKEN: 'admin-token' });
    const say = { action: 'say', text: SECRET_LINE };
    for (const headers of [{}, { authorization: 'Bearer admin-tokem' }, { authorization: 'Basic admin-token' }])
      expect(await command(say, headers as Record<string, string>)).toMatchObject({ status: 401 });
    expect(await command('{', {})).toMatchObject({ status: 401 });
    expect(arrived).toEqual([]);
    expect(await command(say, { authorization: 'Bearer admin-token' })).toMatchObject({ status: 202 });
    expect(arrived).toEqual([{ type: 'operator.say', text: SECRET_LINE }]);
    expect(log.text()).not.toContain('marmalade');
  });
});
