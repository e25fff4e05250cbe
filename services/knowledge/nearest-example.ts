/** A sentence that is known to mean something. */
export interface Example<Label> {
  readonly label: Label;
  readonly text: string;
}

/** How close a text is to the nearest example of a label: 1 is the same words, 0 has nothing in common. */
export interface Match<Label> {
  readonly label: Label;
  readonly score: number;
  /** The example that decided: why this label. */
  readonly example: string;
}

/** How much each kind of feature counts. Words carry the meaning; pairs their order; letters forgive small slips. */
const WEIGHTS = { word: 1, pair: 0.6, letters: 0.25 } as const;
const LETTERS = [3, 4, 5] as const;

type Vector = ReadonlyMap<string, number>;

function featuresOf(text: string): Map<string, number> {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    features.set(feature, (features.get(feature) ?? 0) + weight);
  };
  const words = text.split(' ').filter((word) => word !== '');
  words.forEach((word, index) => {
    add(`w:${word}`, WEIGHTS.word);
    add(`p:${words[index - 1] ?? '^'} ${word}`, WEIGHTS.pair);
    const padded = `_${word}_`;
    for (const length of LETTERS) {
      for (let start = 0; start + length <= padded.length; start += 1) {
        add(`l:${padded.slice(start, start + length)}`, WEIGHTS.letters);
      }
    }
  });
  return features;
}

/**
 * Finds the example that a text is most like: cosine of TF-IDF vectors over words, word pairs and letter groups.
 *
 * Small, deterministic, and able to say why. Texts are lower case, words separated by single spaces.
 *
 * @example new NearestExample([{ label: 'pool', text: 'do you have a pool' }]).rank('is there a pool')[0]?.label
 */
export class NearestExample<Label> {
  readonly #examples: readonly Example<Label>[];
  readonly #weights = new Map<string, number>();
  /** For each feature, the examples that have it, with their normalised weight. */
  readonly #postings = new Map<string, [example: number, weight: number][]>();
  readonly #unseen: number;

  constructor(examples: readonly Example<Label>[]) {
    this.#examples = examples;
    const vectors = examples.map(({ text }) => featuresOf(text));
    const documents = new Map<string, number>();
    for (const vector of vectors) {
      for (const feature of vector.keys()) documents.set(feature, (documents.get(feature) ?? 0) + 1);
    }
    for (const [feature, count] of documents) this.#weights.set(feature, Math.log(1 + examples.length / count));
    this.#unseen = Math.log(1 + examples.length);
    vectors.forEach((vector, index) => {
      for (const [feature, weight] of this.#normalise(vector)) {
        const posting = this.#postings.get(feature);
        if (posting === undefined) this.#postings.set(feature, [[index, weight]]);
        else posting.push([index, weight]);
      }
    });
  }

  /** The labels that have anything in common with the text, nearest first, each once. */
  rank(text: string): Match<Label>[] {
    const scores = new Float64Array(this.#examples.length);
    for (const [feature, weight] of this.#normalise(featuresOf(text))) {
      for (const [example, other] of this.#postings.get(feature) ?? []) {
        scores[example] = (scores[example] ?? 0) + weight * other;
      }
    }
    const best = new Map<Label, Match<Label>>();
    this.#examples.forEach(({ label, text: example }, index) => {
      const score = scores[index] ?? 0;
      if (score > (best.get(label)?.score ?? 0)) best.set(label, { label, score, example });
    });
    return [...best.values()].sort((one, other) => other.score - one.score);
  }

  #normalise(features: Vector): Vector {
    const weighted = new Map<string, number>();
    let square = 0;
    for (const [feature, count] of features) {
      const weight = count * (this.#weights.get(feature) ?? this.#unseen);
      weighted.set(feature, weight);
      square += weight * weight;
    }
    const length = Math.sqrt(square);
    for (const [feature, weight] of weighted) weighted.set(feature, weight / length);
    return weighted;
  }
}
