import { describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Coverage } from '../../../visualizations/coverage/coverage.ts';
import { junitOf } from '../../../visualizations/coverage/junit.ts';

const story = {
  view: 'front',
  begins: [],
  moments: [{ atMs: 1500, event: 'bell.pressed', told: 'The bell: pressed', enters: [] }],
};
const transition = { from: 'a', to: ['b'], trigger: 'x', otherwise: false, actions: [], reenter: false };
const RUN: Coverage = {
  format: 1,
  set: 'smoke',
  seed: 0,
  startedAt: '2026-11-20T18:00:00.000Z',
  seconds: 2.5,
  charts: [
    {
      id: 'door',
      seconds: 1.25,
      views: [],
      states: [],
      transitions: [
        {
          ...transition,
          id: 'a --x--> b',
          guard: 'is "it"',
          taken: { count: 3, shortest: story },
          refused: { count: 0, shortest: undefined },
        },
        {
          ...transition,
          id: 'b --x--> a',
          guard: undefined,
          taken: { count: 0, shortest: undefined },
          refused: undefined,
        },
      ],
      laws: [
        { law: 'It rings.', checked: 9, broken: 0, story: undefined },
        { law: 'It stops.', checked: 9, broken: 2, story, detail: 'it rings & rings' },
      ],
    },
  ],
};

describe('JUnit XML', () => {
  it('has a case for each transition, refusal and law, and says why one failed', () => {
    expect(junitOf(RUN)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="paths" tests="5" failures="3" time="2.500">
<testsuite name="door" tests="5" failures="3" errors="0" skipped="0" time="1.250">
<testcase classname="door.transition" name="a --x--&gt; b [is &quot;it&quot;]" time="0"/>
<testcase classname="door.guard" name="a --x--&gt; b [is &quot;it&quot;] refused" time="0"><failure message="on no walk does this guard say no">on no walk does this guard say no</failure></testcase>
<testcase classname="door.transition" name="b --x--&gt; a" time="0"><failure message="no walk takes this transition">no walk takes this transition</failure></testcase>
<testcase classname="door.law" name="It rings." time="0"/>
<testcase classname="door.law" name="It stops." time="0"><failure message="broken 2 of 9 times">broken 2 of 9 times
it rings &amp; rings
the shortest walk that shows it (front):
1.5 s  The bell: pressed (bell.pressed)</failure></testcase>
</testsuite>
</testsuites>
`);
  });

  it('is well-formed', () => {
    expect(XMLValidator.validate(junitOf(RUN))).toBe(true);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(junitOf(RUN)) as {
      testsuites: { testsuite: { testcase: unknown[] } };
    };
    expect(parsed.testsuites.testsuite.testcase).toHaveLength(5);
  });
});
