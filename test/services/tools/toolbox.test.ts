import { describe, expect, it, jest } from '@jest/globals';
import { loadProfile } from '../../../agents/load-profile.ts';
import type { Booking } from '../../../services/tools/booking.ts';
import { referenceOf } from '../../../services/tools/reference.ts';
import { toolDefinitionsOf } from '../../../services/tools/tool-definitions.ts';
import { createToolbox } from '../../../services/tools/toolbox.ts';

/** Friday the twentieth of November 2026, ten in the morning in New York. */
const now = (): Date => new Date('2026-11-20T15:00:00Z');
const profile = loadProfile('continental');
const TABLE = { date: '2026-11-21', time: '19:00', partySize: 2, name: 'John Smith' };

function open(onStored: (booking: Booking) => void = () => undefined) {
  const toolbox = createToolbox(profile, { callSid: 'CA00', onStored, now });
  const run = async (name: string, args: unknown): Promise<unknown> =>
    JSON.parse(await toolbox.run({ name, arguments: JSON.stringify(args) }, new AbortController().signal));
  return { toolbox, run };
}

describe('the toolbox', () => {
  it('books, looks up, changes and cancels, and tells of each', async () => {
    const onStored = jest.fn();
    const { toolbox, run } = open(onStored);
    const booked = { reference: 'L89', task: 'bookTable', status: 'booked', details: TABLE };
    expect(await run('book_table', TABLE)).toEqual({ ok: true, booking: booked });
    expect(await run('look_up_booking', {})).toEqual({ ok: true, booking: booked });
    const changed = { ...booked, details: { ...TABLE, partySize: 4 } };
    expect(await run('change_booking', { reference: 'l 8 9', partySize: 4 })).toEqual({ ok: true, booking: changed });
    const cancelled = { ...changed, status: 'cancelled' };
    expect(await run('cancel_booking', { reference: 'L89' })).toEqual({ ok: true, booking: cancelled });
    expect(toolbox.bookings).toEqual([cancelled]);
    expect(onStored.mock.calls).toEqual([[booked], [changed], [cancelled]]);
    expect(await run('look_up_booking', {})).toEqual({
      ok: false,
      problem: 'nothing-booked',
      message: 'Nothing has been booked in this call.',
    });
  });

  it.each([
    [{ ...TABLE, time: '17:30' }, 'closed', 'time'],
    [{ ...TABLE, time: '22:00' }, 'closed', 'time'],
    [{ ...TABLE, date: '2026-11-22' }, 'closed', 'date'],
    [{ ...TABLE, date: '2026-11-19' }, 'past', 'date'],
    [{ ...TABLE, partySize: 13 }, 'outside', 'partySize'],
    [{ ...TABLE, time: 'seven' }, 'invalid', 'time'],
    [{ ...TABLE, date: 'tomorrow' }, 'invalid', 'date'],
    [{ date: TABLE.date, time: TABLE.time, name: TABLE.name }, 'invalid', 'partySize'],
  ])('refuses %j as %s, because of %s', async (details, problem, slot) => {
    const { toolbox, run } = open();
    expect(await run('book_table', details)).toMatchObject({ ok: false, problem, slot });
    expect(toolbox.bookings).toEqual([]);
  });

  it('refuses a time that has passed today', async () => {
    const toolbox = createToolbox(profile, { callSid: 'CA00', now: () => new Date('2026-11-21T01:00:00Z') });
    const call = { name: 'book_table', arguments: JSON.stringify({ ...TABLE, date: '2026-11-20', time: '19:30' }) };
    expect(JSON.parse(await toolbox.run(call, new AbortController().signal))).toEqual({
      ok: false,
      problem: 'past',
      slot: 'time',
      message: 'That time has already passed.',
    });
  });

  it('refuses a change that breaks the rules, and leaves the booking as it was', async () => {
    const { toolbox, run } = open();
    await run('book_table', TABLE);
    expect(await run('change_booking', { reference: 'L89', time: '23:00' })).toMatchObject({ problem: 'closed' });
    expect(await run('change_booking', { reference: 'X22', time: '20:00' })).toMatchObject({
      problem: 'unknown-reference',
    });
    expect(await run('change_booking', { reference: 'L89', nights: 2 })).toMatchObject({
      problem: 'invalid',
      slot: 'nights',
    });
    expect(toolbox.bookings[0]?.details).toEqual(TABLE);
  });

  it('finds facts', async () => {
    const { run } = open();
    expect(await run('look_up_fact', { question: 'Is there a pool?' })).toMatchObject({ fact: 'pool' });
    expect(await run('look_up_fact', { question: 'Who wrote Hamlet?' })).toEqual({ found: false });
  });

  it('throws for a tool that does not exist and for arguments that are no JSON', async () => {
    const { toolbox } = open();
    const { signal } = new AbortController();
    await expect(toolbox.run({ name: 'fly', arguments: '{}' }, signal)).rejects.toMatchObject({
      code: 'bad-request',
      message: 'no tool "fly"',
    });
    await expect(toolbox.run({ name: 'book_table', arguments: '{' }, signal)).rejects.toMatchObject({
      code: 'bad-request',
      message: 'the arguments of book_table are no JSON',
    });
  });
});

describe('references', () => {
  it('are a letter and two digits, never twice in a call', () => {
    const references = Array.from({ length: 200 }, (_, index) => referenceOf('CA00', index));
    expect(references.every((reference) => /^[HKLMRXZ][2346789]{2}$/.test(reference))).toBe(true);
    expect(new Set(references).size).toBe(200);
  });
});

describe('tool definitions', () => {
  it('tell a language model everything it may call', () => {
    const definitions = toolDefinitionsOf(profile);
    expect(definitions.map(({ name }) => name)).toEqual([
      'book_table',
      'book_room',
      'look_up_booking',
      'change_booking',
      'cancel_booking',
      'look_up_fact',
      'end_call',
      'transfer_to_human',
    ]);
    expect(definitions[0]?.parameters).toMatchObject({
      type: 'object',
      required: ['date', 'time', 'partySize', 'name'],
      additionalProperties: false,
    });
  });
});
