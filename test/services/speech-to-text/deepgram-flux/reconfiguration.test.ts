import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Listening } from '../../../../services/speech-to-text/deepgram-flux/options.ts';
import { type Configure, Reconfiguration } from '../../../../services/speech-to-text/deepgram-flux/reconfiguration.ts';

const START: Listening = { eotThreshold: 0.7, eagerEotThreshold: 0.5, eotTimeoutMs: 5000, keyterms: ['Acme'] };
const PATIENT: Listening = { ...START, eotThreshold: 0.9, eotTimeoutMs: 8000 };
const NAMES: Listening = { ...START, keyterms: ['Smith', 'Jones'] };

let sent: Configure[];
let refused: string[];
let reconfiguration: Reconfiguration;
beforeEach(() => {
  jest.useFakeTimers();
  sent = [];
  refused = [];
  reconfiguration = new Reconfiguration({
    inForce: START,
    answerTimeoutMs: 2000,
    send: (configure) => sent.push(configure),
    onRefused: (reason) => refused.push(reason),
  });
});
afterEach(() => {
  reconfiguration.stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const TO_PATIENT = { type: 'Configure', thresholds: { eot_threshold: 0.9, eot_timeout_ms: 8000 } };

describe('reconfiguring Flux', () => {
  it('says what is different, and nothing when nothing is', () => {
    reconfiguration.want({ ...START, keyterms: ['Acme'] });
    reconfiguration.want(PATIENT);
    expect(sent).toEqual([TO_PATIENT]);
  });

  it('has one change in flight, and merges those that come meanwhile', () => {
    reconfiguration.want(PATIENT);
    reconfiguration.want(START);
    reconfiguration.want(NAMES);
    expect(sent).toEqual([TO_PATIENT]);
    reconfiguration.succeeded();
    expect(sent.slice(1)).toEqual([
      {
        type: 'Configure',
        thresholds: { eot_threshold: 0.7, eot_timeout_ms: 5000 },
        keyterms: ['Smith', 'Jones'],
      },
    ]);
    reconfiguration.succeeded();
    reconfiguration.want({ ...START, keyterms: [] });
    expect(sent.slice(2)).toEqual([{ type: 'Configure', keyterms: [] }]);
  });

  it('takes a failure for no change at all, and does not insist', () => {
    reconfiguration.want(PATIENT);
    reconfiguration.failed('too patient');
    expect([sent.length, refused]).toEqual([1, ['too patient']]);
    reconfiguration.want(PATIENT);
    expect(sent.slice(1)).toEqual([TO_PATIENT]);
  });

  it('goes on without an answer, and says everything the next time', () => {
    reconfiguration.want(PATIENT);
    jest.advanceTimersByTime(1999);
    reconfiguration.want(NAMES);
    expect(refused).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(refused).toEqual(['no answer to Configure in 2000 ms']);
    expect(sent.slice(1)).toEqual([
      {
        type: 'Configure',
        thresholds: { eot_threshold: 0.7, eager_eot_threshold: 0.5, eot_timeout_ms: 5000 },
        keyterms: ['Smith', 'Jones'],
      },
    ]);
  });

  it('ignores an answer to nothing', () => {
    reconfiguration.succeeded();
    reconfiguration.want(START);
    expect(sent).toEqual([]);
  });
});
