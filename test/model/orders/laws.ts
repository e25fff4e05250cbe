import { INVARIANTS } from '../../../machines/call/invariants.ts';
import { saysTheSame } from '../../../machines/call/speech.ts';
import { COMMON_LAWS } from '../chart-model.ts';
import { meantWords } from './caller-side.ts';
import { conversationOf, isProtected, saidBy, type Taken, type World } from './world.ts';

/** Something that is true after every event, in whatever order they come. */
export interface OrderLaw {
  /** In words, for people. */
  readonly law: string;
  holds(taken: Taken): boolean;
}

const speculates = ({ state }: World): boolean => conversationOf(state).includes('speculating');

const agentWords = (text: string): readonly string[] => text.match(/\br\d+s\d+[ab]\b/g) ?? [];

const unheard = ({ agent: { speech } }: World): boolean => speech !== undefined && speech.heard < speech.sentences;

/** What every order keeps, legal or not. */
export const LAWS_OF_ALL_ORDERS: readonly OrderLaw[] = [
  ...COMMON_LAWS.map(({ law, holds }) => ({
    law,
    holds: ({ step, before }: Taken) => holds(step, before.state),
  })),
  ...INVARIANTS.map(({ law, holds }) => ({
    law,
    holds: ({ after, before }: Taken) => holds(after.state.snapshot, before.state.snapshot),
  })),
  {
    law: 'What was being said is cut exactly once, unless it was heard to its end.',
    holds: ({ before, after, told }) => {
      if (after.state.snapshot.status !== 'active') return told.cuts.length <= 1;
      const silenced = unheard(before) && after.agent.speech?.epoch !== before.agent.speech?.epoch;
      return silenced ? told.cuts.length === 1 : told.cuts.length <= 1;
    },
  },
  {
    law: 'The answer to a guess is held back, and nothing else is.',
    holds: ({ after }) => (after.agent.speech?.held ?? false) === speculates(after),
  },
  {
    law: 'What was held back is let out by the end of that very turn alone, or when nobody will tell it any more.',
    holds: ({ before, event, told }) => {
      if (told.releases.length === 0) return true;
      const { guess } = before.state.snapshot.context;
      const ended = event?.type === 'caller.endOfTurn' && guess !== undefined && saysTheSame(event.text, guess);
      return (
        (ended || event?.type === 'recognition.lost') &&
        told.releases.length === 1 &&
        told.releases[0] === before.agent.speech?.epoch
      );
    },
  },
  {
    law: 'The one request that is alive is a guess exactly while the agent speculates.',
    holds: ({ after }) => (after.agent.reply?.guess ?? false) === speculates(after),
  },
  {
    law: 'In the history are only words of the agent that sounded, and each once unless a key asked for it again.',
    holds: ({ after: { state, memory, keys } }) => {
      const words = agentWords(saidBy('assistant', state.snapshot.context.history));
      const sounded = agentWords([...memory.sounded].join(' '));
      return words.every((word) => sounded.includes(word)) && (keys > 0 || new Set(words).size === words.length);
    },
  },
  {
    law: 'Nothing of an answer to a wrong guess is ever heard.',
    holds: ({ after: { memory } }) => [...memory.dropped].every((sentence) => !memory.sounded.has(sentence)),
  },
];

/** What the vendor's orders keep besides. */
export const LAWS_OF_LEGAL_ORDERS: readonly OrderLaw[] = [
  {
    law: 'The words of every turn that has ended are in the history once, in their order, and no others of the caller.',
    holds: ({ after: { state, memory } }) => {
      const { history, kept } = state.snapshot.context;
      return meantWords(`${saidBy('user', history)} ${kept}`).join(' ') === memory.said.join(' ');
    },
  },
  {
    law: 'The agent speculates only while the turn seems to have ended.',
    holds: ({ after }) => !speculates(after) || after.caller.phase === 'eager',
  },
  {
    law: 'One turn is answered once: a second request needs a first one that was cut or dropped for nothing.',
    holds: ({ after: { memory } }) => memory.requests <= 1 + memory.restarts,
  },
  {
    law: 'Nothing sounds, and no answer is on its way, while the caller says something.',
    holds: ({ after: { memory, agent, caller } }) =>
      !memory.listensTo || caller.phase === 'waiting' || agent.speech === undefined || agent.speech.held,
  },
  {
    law: 'A turn with a meaning is answered as it ends, or as soon as it is known what was heard before it.',
    holds: ({ before, after, event }) =>
      event?.type !== 'caller.endOfTurn' ||
      meantWords(event.text).length === 0 ||
      isProtected(before.state) ||
      /committed|settling|responding.*speaking/.test(conversationOf(after.state)),
  },
  {
    law: 'Where nobody speaks, no answer is owed.',
    holds: ({ after: { state, memory } }) => !memory.owed || !conversationOf(state).includes('quiet'),
  },
];
