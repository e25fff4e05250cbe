import { describe, expect, it } from '@jest/globals';
import { callMachine } from '../../machines/call/machine.ts';
import { statesOf } from '../../statechart/names.ts';
import { brokenPromise, conversationOf, OBSERVABLES, observableIn } from './observables.ts';
import { PaperCall } from './paper/paper-call.ts';
import { stimulusNamed } from './stimuli.ts';
import { WIRE_VIEWS } from './views.ts';

/** Paths of all states of the conversation that have no state inside. */
const LEAVES = statesOf(callMachine)
  .filter(({ path, states }) => path[1] === 'conversation' && Object.keys(states).length === 0)
  .map(({ path }) => path.slice(2).join('.'));

/** The agent answers, and half of the sound has come. */
async function speaking(): Promise<PaperCall> {
  const [view] = WIRE_VIEWS;
  if (!view) throw new Error('there is no view');
  const call = new PaperCall(view.brief);
  for (const name of [
    'Flux connects',
    'the voice completes',
    'the caller hears',
    'Flux: EndOfTurn “when is breakfast”',
  ]) {
    await stimulusNamed(name).act(call);
    await call.settled();
  }
  return call;
}

describe('what the caller may get of the agent', () => {
  it('is promised for every state of the conversation', () => {
    expect(LEAVES.length).toBeGreaterThan(20);
    expect(LEAVES.map((leaf) => observableIn(leaf).line)).toHaveLength(LEAVES.length);
    const used = new Set([...LEAVES, 'ended'].map(observableIn));
    expect(OBSERVABLES.filter((row) => !used.has(row))).toEqual([]);
    expect(() => observableIn('yodelling')).toThrow('nothing is promised about the state yodelling');
  });

  it('is broken by sound where there is silence', async () => {
    const { snapshot: before } = await speaking();
    expect(conversationOf(before)).toBe('responding.thinking.committed.drafting.writing');
    const step = { before, seen: [], earlier: [] };
    expect(brokenPromise({ ...step, phone: [] })).toBeUndefined();
    expect(brokenPromise({ ...step, phone: ['media 2'] })).toBe(
      '1 frames in responding.thinking.committed.drafting.writing',
    );
  });

  it('is broken by a clear without a cut, and by sound of a speech that was cut', async () => {
    const call = await speaking();
    for (const name of ['the model writes a sentence', 'the voice begins']) {
      await stimulusNamed(name).act(call);
      await call.settled();
    }
    const { snapshot: before } = call;
    const from = call.seen.length;
    await stimulusNamed('Flux: StartOfTurn “stop please”').act(call);
    await call.settled();
    const step = { before, seen: call.seen.slice(from), earlier: ['media 2'] as const };
    expect(brokenPromise({ ...step, phone: ['clear'] })).toBeUndefined();
    const way =
      'responding.speaking.sounding → responding.speaking.sounding → interrupted.hearing → interrupted.hearing';
    expect(brokenPromise({ ...step, phone: ['clear', 'clear'] })).toBe(`2 clears for 1 cuts in ${way}`);
    expect(brokenPromise({ ...step, phone: ['clear', 'media 2'] })).toBe(`1 frames of a speech that was cut in ${way}`);
    expect(brokenPromise({ ...step, phone: ['clear', 'media 3'] })).toBeUndefined();
  });
});
