import { describe, expect, it } from '@jest/globals';
import { createActor, fromCallback } from 'xstate';
import { doorMachine } from '../support/door-machine.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { choose } from './choose.ts';
import { examine, type Verdict } from './examine.ts';
import { mutated } from './mutated.ts';
import type { Mutation } from './mutation.ts';
import { mutationsOf } from './mutations-of.ts';
import { reportOn } from './report.ts';

const MUTATIONS = mutationsOf(doorMachine);
const named = (id: string): Mutation => {
  const mutation = MUTATIONS.find((one) => one.id === id);
  if (!mutation) throw new Error(`no mutant "${id}"`);
  return mutation;
};

/** What the door does as it is rung once and then waited for, with one mistake in it. */
function rung(id: string) {
  const clock = new VirtualClock();
  const actor = createActor(mutated(doorMachine, named(id)), { clock, input: { rings: 0 } }).start();
  actor.send({ type: 'bell.pressed' });
  return { actor, clock, value: () => actor.getSnapshot().value };
}

describe('the mutants of a chart', () => {
  it('have readable names, and are the same on every run', () => {
    expect(MUTATIONS.map(({ id }) => id)).toEqual([
      'drop guard · door.closed · door.opened · has a key',
      'drop guard · door.closed.porch.lit · always · is at the limit',
      'swap target · door.closed · door.opened · door.open → door.locked',
      'swap target · door.closed.bell.silent · bell.pressed · door.closed.bell.ringing → door.closed.bell.silent',
      'swap target · door.closed.bell.ringing · error chime · door.closed.bell.silent → door.closed.bell.ringing',
      'swap target · door.closed.bell.ringing · after chime time · door.closed.bell.silent → door.closed.bell.ringing',
      'swap target · door.closed.porch.dark · bell.pressed · door.closed.porch.lit → door.closed.porch.dark',
      'swap target · door.closed.porch.lit · bell.annoyed · door.closed.porch.dark → door.closed.porch.lit',
      'swap target · door.closed.porch.lit · after light time · door.closed.porch.dark → door.closed.porch.lit',
      'swap target · door.closed.porch.lit · always · door.locked → door.closed',
      'swap target · door · initial · door.closed → door.open',
      'swap target · door.closed.bell · initial · door.closed.bell.silent → door.closed.bell.ringing',
      'swap target · door.closed.porch · initial · door.closed.porch.dark → door.closed.porch.lit',
      'drop target · door.closed.bell.silent · bell.pressed · door.closed.bell.ringing',
      'drop action · door.closed.bell.silent · bell.pressed · count the ring',
      'drop action · door.closed.bell.ringing · bell.pressed · raise bell.annoyed',
      'drop transition · door.closed · door.opened · if has a key → door.open',
      'drop transition · door.closed.bell.silent · bell.pressed · → door.closed.bell.ringing',
      'drop transition · door.closed.bell.ringing · bell.pressed · raise bell.annoyed',
      'drop transition · door.closed.bell.ringing · error chime · → door.closed.bell.silent',
      'drop transition · door.closed.bell.ringing · after chime time · → door.closed.bell.silent',
      'drop transition · door.closed.porch.dark · bell.pressed · → door.closed.porch.lit',
      'drop transition · door.closed.porch.lit · bell.annoyed · → door.closed.porch.dark',
      'drop transition · door.closed.porch.lit · after light time · → door.closed.porch.dark',
      'drop transition · door.closed.porch.lit · always · if is at the limit → door.locked',
      'zero delay · door.closed.bell.ringing · after chime time',
      'zero delay · door.closed.porch.lit · after light time',
      'double delay · door.closed.bell.ringing · after chime time',
      'double delay · door.closed.porch.lit · after light time',
    ]);
  });

  it('make their one mistake, and leave the chart itself alone', () => {
    expect(rung('drop guard · door.closed.porch.lit · always · is at the limit').value()).toBe('locked');
    expect(
      rung('drop target · door.closed.bell.silent · bell.pressed · door.closed.bell.ringing').actor.getSnapshot(),
    ).toMatchObject({ value: { closed: { bell: 'silent', porch: 'lit' } }, context: { rings: 1 } });
    expect(
      rung('drop action · door.closed.bell.silent · bell.pressed · count the ring').actor.getSnapshot().context,
    ).toEqual({ rings: 0 });
    const chart = createActor(doorMachine, { input: { rings: 0 } }).start();
    chart.send({ type: 'bell.pressed' });
    expect(chart.getSnapshot()).toMatchObject({
      value: { closed: { bell: 'ringing', porch: 'lit' } },
      context: { rings: 1 },
    });
    chart.stop();
  });

  it('change how long a delay is, or take it away with its timer', () => {
    const double = rung('double delay · door.closed.bell.ringing · after chime time');
    expect(double.clock.remaining).toEqual([2000, 3000]);
    const zero = rung('zero delay · door.closed.porch.lit · after light time');
    expect(zero.clock.remaining).toEqual([0, 1000]);
    const never = rung('drop transition · door.closed.bell.ringing · after chime time · → door.closed.bell.silent');
    expect(never.clock.remaining).toEqual([3000]);
  });

  it('keep the mistake when their children are provided', () => {
    const mutant = mutated(doorMachine, named('drop guard · door.closed · door.opened · has a key'));
    const actor = createActor(mutant.provide({ actors: { chime: fromCallback(() => {}) } }), { input: { rings: 0 } });
    actor.start().send({ type: 'door.opened', by: 'force' });
    expect(actor.getSnapshot().value).toBe('open');
  });
});

describe('a run', () => {
  it('kills with the tests as they are, and lets live what they do not notice', async () => {
    const fates = {
      'drop guard · door.closed · door.opened · has a key': 'the front door opens to a key only',
      'swap target · door.closed · door.opened · door.open → door.locked': 'the front door opens to a key only',
      'drop action · door.closed.bell.silent · bell.pressed · count the ring':
        'the front door is locked after the second ring',
      'drop transition · door.closed.bell.ringing · error chime · → door.closed.bell.silent': undefined,
      'double delay · door.closed.porch.lit · after light time':
        'the front door rings for a second, and is lit for three',
    };
    const verdicts = await examine({
      mutations: Object.keys(fates).map(named),
      suites: ['test/mutants/self-test/door.suite.ts'],
      jobs: 1,
    });
    expect(Object.fromEntries(verdicts.map(({ mutation, killedBy }) => [mutation.id, killedBy]))).toEqual(
      Object.fromEntries(
        Object.entries(fates).map(([id, test]) => [id, test && `test/mutants/self-test/door.suite.ts: ${test}`]),
      ),
    );
  }, 120_000);

  it('refuses tests that are red by themselves', async () => {
    const run = examine({ mutations: MUTATIONS.slice(0, 1), suites: ['test/mutants/self-test/none.ts'], jobs: 1 });
    await expect(run).rejects.toThrow('without any mutant, test/mutants/self-test/none.ts: no test ran');
  }, 120_000);

  it('draws the same sample for the same seed', () => {
    const drawn = choose(MUTATIONS, { only: /^drop (guard|action)/, sample: 2, seed: 1 });
    expect(drawn).toHaveLength(2);
    expect(choose([...MUTATIONS].reverse(), { only: /^drop (guard|action)/, sample: 2, seed: 1 })).toEqual(
      drawn.toReversed(),
    );
  });
});

describe('the report', () => {
  const [first, second, third] = MUTATIONS.slice(0, 3).map(({ id }) => id);
  const verdicts = MUTATIONS.slice(0, 3).map(
    (mutation, index): Verdict => ({ mutation, killedBy: index === 0 ? 'a.test.ts: a test' : undefined }),
  );

  it('counts by kind, and names what is unexplained, out of date, or too little', () => {
    const { table, problems } = reportOn(verdicts, { [`${first}`]: 'x', [`${second}`]: 'y', gone: 'z' }, true);
    expect(table.split('\n')).toEqual([
      '                    mutants   killed  excused survived   killed',
      'drop guard                2        1        1        0   50.0 %',
      'swap target               1        0        0        1    0.0 %',
      'all                       3        1        1        1   33.3 %',
    ]);
    expect(problems).toEqual([
      `survived: ${third}`,
      `excused, but killed by a.test.ts: a test: ${first}`,
      'excused, but no such mutant: gone',
      'only 33.3 % were killed, and 95 % must be',
    ]);
  });

  it('does not miss what was not run', () => {
    expect(reportOn(verdicts.slice(0, 1), { gone: 'z' }, false).problems).toEqual([]);
  });
});
