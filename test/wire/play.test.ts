import { describe, expect, it } from '@jest/globals';
import { connectCall } from '../../machines/call/connect-call.ts';
import type { Playout } from '../../machines/call/ports.ts';
import { HALF_BYTES } from './paper/paper-voice.ts';
import { playWalk } from './play.ts';
import { stimulusNamed } from './stimuli.ts';
import { WIRE_VIEWS } from './views.ts';

const callSid = `CA${'7'.repeat(32)}`;
const [view] = WIRE_VIEWS;

/** The caller interrupts an answer in the middle of a sentence. */
const walk = (...more: readonly string[]) => {
  if (!view) throw new Error('there is no view');
  const names = [
    'Flux connects',
    'the voice completes',
    'the caller hears',
    'Flux: EndOfTurn “when is breakfast”',
    'the model writes a sentence',
    'the voice begins',
    'Flux: StartOfTurn “stop please”',
    ...more,
  ];
  return { name: 'an interruption', view, stimuli: names.map(stimulusNamed) };
};

/** The server's playout, but for some of its deeds. */
const withPlayout =
  (change: (playout: Playout) => Partial<Playout>): typeof connectCall =>
  (ports, options) => {
    const { playout } = ports;
    const bound: Playout = {
      write: playout.write.bind(playout),
      endSentence: playout.endSentence.bind(playout),
      end: playout.end.bind(playout),
      cut: playout.cut.bind(playout),
      hold: playout.hold.bind(playout),
      release: playout.release.bind(playout),
      replay: playout.replay.bind(playout),
      subscribe: playout.subscribe.bind(playout),
    };
    return connectCall({ ...ports, playout: { ...bound, ...change(bound) } }, options);
  };

describe('a walk on the wire', () => {
  it('is the same as on paper', async () => {
    const { divergence, steps, goals } = await playWalk(walk(), { callSid });
    expect(divergence).toBeUndefined();
    expect(steps).toBe(8); // and the caller hangs up
    expect(goals.size).toBeGreaterThan(20);
  });

  it('finds out a server that does not fall silent', async () => {
    const noisy = withPlayout((playout) => ({
      cut: (epoch) => {
        playout.cut(epoch);
        playout.write(epoch, 0, new Uint8Array(HALF_BYTES));
      },
    }));
    const { divergence } = await playWalk(walk(), { callSid, connect: noisy });
    expect(divergence?.steps.at(-1)).toBe('Flux: StartOfTurn “stop please”');
    expect(divergence?.what).toMatch(
      /^event \d+: expected \[.*"playout\.cut".*received \[.*"playout\.started"|^event \d+: expected undefined, received \[\{"type":"playout\.started"/,
    );
  });

  it('finds out a server that says everything twice', async () => {
    const twice = withPlayout((playout) => ({
      write: (epoch, sentence, mulaw) => {
        playout.write(epoch, sentence, mulaw);
        playout.write(epoch, sentence, mulaw);
      },
    }));
    const { divergence } = await playWalk(walk(), { callSid, connect: twice });
    expect(divergence?.steps).toEqual(['Flux connects', 'the voice completes a sentence']);
    expect(divergence?.what).toMatch(/^to the phone: expected media 1, media 1, mark e1.s0, mark e1.end; received /);
  });
});
