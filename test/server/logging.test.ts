import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../../server/logging.ts';

function lines(pretty = false) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const logger = createLogger({ level: 'info', secrets: ['hunter2-token'], pretty, stream });
  return { logger, written, records: () => written.map((line) => JSON.parse(line)) };
}

describe('the log', () => {
  it('is one JSON object a line, with the call on each line of a call', () => {
    const { logger, records } = lines();
    logger.child({ callSid: 'CA1' }).info('call ended', { reason: 'silence', durationMs: 5 });
    logger.debug('not shown');
    expect(records()).toEqual([
      {
        level: 'info',
        message: 'call ended',
        callSid: 'CA1',
        reason: 'silence',
        durationMs: 5,
        timestamp: expect.any(String),
      },
    ]);
  });

  it('hides secrets, words and numbers wherever they are', () => {
    const { logger, records } = lines();
    logger.warn('token hunter2-token for +14155550100', {
      authorization: 'Bearer x',
      apiKey: 'k',
      from: '+14155550123',
      caller: '5550123',
      event: {
        type: 'caller.endOfTurn',
        text: 'my card is four one',
        words: [{ word: 'my' }],
        nested: ['call +442071838750'],
      },
    });
    expect(records()).toEqual([
      {
        level: 'warn',
        message: 'token [secret] for …0100',
        authorization: '[secret]',
        apiKey: '[secret]',
        from: '…0123',
        caller: '…23',
        event: { type: 'caller.endOfTurn', text: '[19 characters]', words: '[speech]', nested: ['call …8750'] },
        timestamp: expect.any(String),
      },
    ]);
  });

  it('shows errors with their causes, redacted', () => {
    const { logger, records } = lines();
    logger.error('failed', { error: new Error('hunter2-token is wrong', { cause: new TypeError('to +14155550100') }) });
    expect(records()[0].error).toMatchObject({
      name: 'Error',
      message: '[secret] is wrong',
      cause: { name: 'TypeError', message: 'to …0100' },
    });
    expect(JSON.stringify(records())).not.toContain('hunter2');
  });

  it('survives a record that contains itself', () => {
    const { logger, written } = lines();
    const round: Record<string, unknown> = {};
    round.self = round;
    logger.info('round', { round });
    expect(written.join('')).toContain('[deep]');
  });

  it('is for people on a terminal', () => {
    const { logger, written } = lines(true);
    logger.info('call started', { agent: 'continental' });
    expect(written.join('')).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}call started agent=continental\n$/);
  });
});
