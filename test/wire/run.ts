import { seededRandom } from '../../emulators/openai/seeded-random.ts';
import { type Divergence, playWalk, type WireWalk } from './play.ts';
import { GOALS, smokeWalks, thoroughWalks, tryOut } from './walks.ts';

export interface WireWalksOptions {
  /** All thorough walks, instead of a sample. Default false. */
  readonly all?: boolean;
  /** Chooses the sample. Default 1. */
  readonly seed?: number;
  /** Thorough walks in a sample. Default 12. */
  readonly sample?: number;
  /** Told behind each walk. */
  readonly onProgress?: (done: number, walks: number) => void;
}

/** What became of the walks on the wire. */
export interface WireResult {
  readonly walks: number;
  readonly steps: number;
  /** Goals of the call chart that were reached over real sockets. */
  readonly reached: ReadonlySet<string>;
  /** Goals of the call chart that were not. */
  readonly missed: readonly string[];
  readonly divergences: readonly Divergence[];
}

/** Walks at the same time; each has a server, vendors and a phone of its own. */
const LANES = 6;

/** So many of the walks, drawn by the seed. */
function drawn(walks: readonly WireWalk[], count: number, seed: number): readonly WireWalk[] {
  const random = seededRandom(seed);
  const left = [...walks];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/**
 * Takes the walks of the call chart over real sockets: all smoke walks, which reach every goal that the outside can reach, and
 * a sample of the thorough ones, or all.
 */
export async function runWireWalks(options: WireWalksOptions = {}): Promise<WireResult> {
  const { all = false, seed = 1, sample = 12, onProgress = () => {} } = options;
  const trials = await tryOut();
  const thorough = thoroughWalks(trials);
  const walks = [...smokeWalks(trials), ...(all ? thorough : drawn(thorough, sample, seed))];
  const reached = new Set<string>();
  const divergences: Divergence[] = [];
  let [steps, next, done] = [0, 0, 0];
  const lane = async (): Promise<void> => {
    for (let walk = walks[next]; walk; walk = walks[next]) {
      next += 1;
      const taken = await playWalk(walk, { callSid: `CA${String(next).padStart(32, '0')}` });
      steps += taken.steps;
      if (taken.divergence) divergences.push(taken.divergence);
      else for (const goal of taken.goals) reached.add(goal);
      done += 1;
      onProgress(done, walks.length);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const missed = [...GOALS].filter((goal) => !reached.has(goal));
  return { walks: walks.length, steps, reached, missed, divergences };
}
