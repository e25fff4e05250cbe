import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TokenUsage } from '../services/language-model/openai/stream-answer.ts';
import type { StreamFault } from '../services/telephony/twilio/stream.ts';

/** Memory, event loop and garbage collection belong to the process, however many servers run in it. */
let ofProcess: Registry | undefined;

function processNumbers(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

/** The numbers of one server, in the form that Prometheus reads. No phone number and no call is ever a label. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls: Counter<'reason'>;
  readonly #refused: Counter<'why'>;
  readonly #faults: Counter<'fault'>;
  readonly #latency: Histogram;
  readonly #interruptions: Counter;
  readonly #guesses: Counter<'outcome'>;
  readonly #wasted: Counter;
  readonly #tokens: Counter<'engine' | 'kind'>;

  /** @param live tells how many calls are live now */
  constructor(live: () => number) {
    const registers = [this.#registry];
    new Gauge({
      name: 'callchart_live_calls',
      help: 'Calls that are live now',
      registers,
      collect() {
        this.set(live());
      },
    });
    this.#calls = new Counter({
      name: 'callchart_calls_total',
      help: 'Calls that ended, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.#refused = new Counter({
      name: 'callchart_refused_total',
      help: 'Calls and streams that were not taken, by reason',
      labelNames: ['why'],
      registers,
    });
    this.#faults = new Counter({
      name: 'callchart_stream_faults_total',
      help: 'Messages on media streams that were ignored',
      labelNames: ['fault'],
      registers,
    });
    this.#latency = new Histogram({
      name: 'callchart_response_latency_seconds',
      help: 'End of the caller’s speech to the first sound of the answer, both on the audio clock of the stream',
      buckets: [0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 5, 8],
      registers,
    });
    this.#interruptions = new Counter({
      name: 'callchart_interruptions_total',
      help: 'Times a caller took the floor from the agent',
      registers,
    });
    this.#guesses = new Counter({
      name: 'callchart_speculations_total',
      help: 'Answers that were begun on the guess that the turn had ended, by what became of them',
      labelNames: ['outcome'],
      registers,
    });
    this.#wasted = new Counter({
      name: 'callchart_speculation_wasted_characters_total',
      help: 'Sentences of dropped answers, in characters: about four make a token',
      registers,
    });
    this.#tokens = new Counter({
      name: 'callchart_tokens_total',
      help: 'Tokens that language models told of: prompt, of it cached; completion, of it reasoning',
      labelNames: ['engine', 'kind'],
      registers,
    });
  }

  readonly contentType = this.#registry.contentType;

  /** Everything, in Prometheus' text format. */
  exposition(): Promise<string> {
    return Registry.merge([this.#registry, processNumbers()]).metrics();
  }

  /** @param reason an `EndReason` of the chart, or `crashed` */
  callEnded(reason: string): void {
    this.#calls.inc({ reason });
  }

  refused(why: string): void {
    this.#refused.inc({ why });
  }

  streamFault(fault: StreamFault): void {
    this.#faults.inc({ fault });
  }

  answered(latencyMs: number): void {
    this.#latency.observe(latencyMs / 1000);
  }

  interrupted(): void {
    this.#interruptions.inc();
  }

  guessed(outcome: 'confirmed' | 'dropped', characters: number): void {
    this.#guesses.inc({ outcome });
    if (outcome === 'dropped') this.#wasted.inc(characters);
  }

  /** @param engine name of the engine that answered. An answer that was aborted told nothing, and is not counted. */
  tokensUsed(engine: string, usage: TokenUsage): void {
    for (const [kind, tokens] of Object.entries(usage)) this.#tokens.inc({ engine, kind }, tokens);
  }
}
