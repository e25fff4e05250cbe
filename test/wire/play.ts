import type { connectCall } from '../../machines/call/connect-call.ts';
import { brokenPromise } from './observables.ts';
import { PaperCall } from './paper/paper-call.ts';
import { lineOf, type Sight } from './sight.ts';
import { WireCall } from './sockets/wire-call.ts';
import { type Stimulus, stimulusNamed } from './stimuli.ts';
import type { WireView } from './views.ts';

/** Something to do to a call, step by step. */
export interface WireWalk {
  /** Unique and the same on every run, for example `guesses 3`. */
  readonly name: string;
  readonly view: WireView;
  readonly stimuli: readonly Stimulus[];
}

/** How a walk on the wire parted from the same walk on paper. */
export interface Divergence {
  readonly walk: string;
  /** What had been done, the last thing last. */
  readonly steps: readonly string[];
  readonly what: string;
}

/** A walk as it was taken. */
export interface Taken {
  readonly goals: ReadonlySet<string>;
  readonly steps: number;
  readonly divergence?: Divergence;
}

/** The first lines in which they differ. */
function difference(paper: Sight, wire: Sight): string | undefined {
  for (let at = 0; at < Math.max(paper.seen.length, wire.seen.length); at += 1) {
    const [expected, received] = [paper.seen[at], wire.seen[at]].map((seen) => seen && lineOf(seen));
    if (expected !== received) return `event ${at}: expected ${expected}, received ${received}`;
  }
  const [expected, received] = [paper.phone.join(', '), wire.phone.join(', ')];
  return expected === received ? undefined : `to the phone: expected ${expected}; received ${received}`;
}

/** What ends a call that a walk leaves alive: the first that is possible, again and again. */
const LAST_STEPS: readonly Stimulus[] = ['the caller hangs up', 'time passes'].map((name) => stimulusNamed(name));

export interface PlayOptions {
  /** Of both worlds; unique among the calls of a run. */
  readonly callSid: string;
  /** Makes the server's calls, for a server with a fault in it. Default: the server's own. */
  readonly connect?: typeof connectCall;
}

/**
 * Takes a walk on paper and, step by step, on the wire: the real server, the vendors' SDKs, their emulators, a phone. After
 * each step both must have seen the same events and states, the phone must have got the same messages, and nothing that was
 * not promised. In the end the call is hung up, where it is not over yet, and the server must say about the caller what the
 * chart has decided.
 */
export async function playWalk({ name, view, stimuli }: WireWalk, { callSid, connect }: PlayOptions): Promise<Taken> {
  const brief = { ...view.brief, callSid };
  const goals = new Set<string>();
  const paper = new PaperCall(brief, (goal) => goals.add(goal));
  await paper.settled();
  const wire = await WireCall.open(brief, connect);
  const steps: string[] = [];
  const diverged = (what: string): Taken => ({ goals, steps: steps.length, divergence: { walk: name, steps, what } });

  /** @returns what went wrong */
  const take = async (stimulus: Stimulus): Promise<string | undefined> => {
    const [before, from, heard] = [paper.snapshot, paper.seen.length, paper.phone.length];
    steps.push(stimulus.name);
    await stimulus.act(paper);
    await paper.settled();
    await stimulus.act(wire);
    await wire.catchesUp(paper);
    const different = difference(paper, wire);
    if (different !== undefined) return different;
    const [seen, phone, earlier] = [wire.seen.slice(from), wire.phone.slice(heard), wire.phone.slice(0, heard)];
    return brokenPromise({ before, seen, phone, earlier });
  };

  try {
    await wire.catchesUp(paper);
    for (const stimulus of stimuli) {
      const wrong = await take(stimulus);
      if (wrong !== undefined) return diverged(wrong);
    }
    while (!paper.isOver) {
      const last = LAST_STEPS.find((stimulus) => stimulus.possible(paper));
      const wrong = last ? await take(last) : 'the call does not end';
      if (wrong !== undefined) return diverged(wrong);
    }
    const [told, decided] = [await wire.afterwards(), JSON.stringify(paper.snapshot.output?.next)];
    if (told !== decided) return diverged(`of the caller: expected ${decided}, received ${told}`);
    return { goals, steps: steps.length };
  } catch (error) {
    return diverged(`${error}; ${difference(paper, wire) ?? 'nothing seen differs'}`);
  } finally {
    await wire.close();
  }
}
