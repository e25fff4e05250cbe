import type { AnyEventObject } from 'xstate';
import { UNINTELLIGIBLE } from '../../machines/call/events.ts';

type Words = (event: Readonly<Record<string, unknown>>) => string;

const quoted = (value: unknown): string => `“${String(value).trim()}”`;

const why = ({ failure }: Readonly<Record<string, unknown>>): string => {
  const { code } = (failure ?? {}) as { code?: string };
  return code === undefined ? '' : ` (${code})`;
};

const endOfTurn: Words = ({ text }) => {
  if (text === '') return 'A sound of the caller turns out to be no speech';
  return text === UNINTELLIGIBLE
    ? 'The caller ends a sentence that nobody could understand'
    : `The caller has said ${quoted(text)}`;
};

const NEXT: Readonly<Record<string, string>> = {
  listen: 'it listens next',
  hangUp: 'it hangs up next',
  transfer: 'a hand-over is next',
};

/** Events that deserve better words than their name. Whatever is missing here is told by its name, in words. */
const WORDS: Readonly<Record<string, Words>> = {
  'caller.speechStarted': () => 'The caller begins to speak',
  'caller.interim': ({ text }) => `The caller is saying ${quoted(text)}`,
  'caller.eagerEndOfTurn': ({ text }) => `The caller may have finished, with ${quoted(text)}`,
  'caller.turnResumed': () => 'The caller had not finished, and speaks on',
  'caller.endOfTurn': endOfTurn,
  'reply.started': () => 'The first words of the answer arrive',
  'reply.sentence': ({ text }) => `The answer has a sentence: ${quoted(text)}`,
  'reply.toolCalled': ({ name }) => `The answer needs a tool: ${String(name)}`,
  'reply.toolReturned': () => 'The tool has a result',
  'reply.finished': ({ next }) => `The answer is complete; ${NEXT[String(next)] ?? `${String(next)} is next`}`,
  'reply.emergency': ({ phrase }) => `The answer names an emergency: ${quoted(phrase)}`,
  'reply.failed': (event) => `The answer fails${why(event)}`,
  'voice.started': () => 'The voice has its first sound',
  'voice.finished': () => 'The voice has made all its sound',
  'voice.failed': (event) => `The voice fails${why(event)}`,
  'playout.started': () => 'The agent’s first sound goes out',
  'playout.heard': () => 'The caller has heard a sentence to its end',
  'playout.starved': () => 'The agent’s sound runs dry: the caller hears silence',
  'playout.resumed': () => 'The agent’s sound goes on',
  'playout.finished': () => 'The agent’s last sentence was heard',
  'playout.cut': () => 'It is known how much the caller heard before the cut',
  'line.dtmf': ({ digit }) => `The caller presses ${String(digit)}`,
  'line.stopped': () => 'The carrier says that the call is over',
  'line.dropped': () => 'The line is gone without a word',
  'recognition.live': () => 'Speech recognition works',
  'recognition.lost': () => 'Speech recognition is lost, and tries again',
  'recognition.failed': (event) => `Speech recognition has failed for good${why(event)}`,
  'operator.takeOver': () => 'An operator takes the call over',
  'operator.say': ({ text }) => `An operator has the agent say ${quoted(text)}`,
  'operator.handBack': () => 'The operator gives the call back to the agent',
  'operator.transfer': () => 'An operator has the caller handed to a human',
  'operator.hangUp': () => 'An operator ends the call',
  'reply.confirm': () => 'The turn had ended, as was guessed',
  'draft.text': ({ text }) => `The model writes ${quoted(text)}`,
  'draft.toolCall': ({ call }) => `The model asks for the tool ${String((call as { name?: string })?.name)}`,
  'draft.finished': () => 'The model has finished',
  'draft.failed': (event) => `The model fails${why(event)}`,
  'tool.returned': () => 'The tool has a result',
  'connection.opened': () => 'The connection is open',
  'connection.lost': (event) => `The connection is lost${why(event)}${mayRetry(event)}`,
  'recogniser.expect': ({ topic }) => `The recogniser is told what the talk is about: ${String(topic)}`,
};

const mayRetry = ({ failure }: Readonly<Record<string, unknown>>): string =>
  (failure as { retryable?: boolean } | undefined)?.retryable === false ? ', and trying again is no use' : '';

/**
 * An event in words that need no knowledge of statecharts: “The caller presses 0”.
 *
 * @param triggers what an event type is called in the chart, for timers: `xstate.after.silence.…` is `after silence`
 */
export function tellEvent(event: AnyEventObject, triggers: ReadonlyMap<string, string>): string {
  const known = WORDS[event.type];
  if (known) return known(event);
  const child = /^xstate\.(done|error)\.actor\.(.+)$/.exec(event.type);
  if (child?.[1] === 'error') return `The ${inWords(child[2] ?? '')} crashes`;
  if (child) return `The ${inWords(child[2] ?? '')} ${outcome(event)}`;
  const timer = /^after (.+)$/.exec(triggers.get(event.type) ?? '')?.[1];
  if (timer !== undefined) return `The time is up: ${timer}`;
  const [speaker = '', ...happened] = event.type.split('.');
  return `The ${inWords(speaker)}: ${happened.map(inWords).join(' ')}`;
}

function outcome({ output }: AnyEventObject): string {
  const { ok, failure } = (output ?? {}) as { ok?: boolean; failure?: unknown };
  if (ok === undefined) return 'is done';
  return ok ? 'has succeeded' : `has not succeeded${why({ failure })}`;
}

/** `takeOver` is `take over`; a hand-over is one word. */
const inWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll('hand over', 'hand-over');

/** A stretch of time as people say it: 400 ms, 2 s, 2 min. */
export function tellTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Number((ms / 60_000).toFixed(1))} min`;
}
