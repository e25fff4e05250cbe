import type { SnapshotFrom } from 'xstate';
import type { callMachine } from './machine.ts';
import type { Message } from './ports.ts';

type CallSnapshot = SnapshotFrom<typeof callMachine>;

/** Something that is true of every call at every moment. */
export interface Invariant {
  /** In words, for people. */
  readonly law: string;
  readonly holds: (now: CallSnapshot, before: CallSnapshot | undefined) => boolean;
}

type Conversation = Extract<CallSnapshot['value'], { active: unknown }>['active']['conversation'];

/** Where a voice speaks or prepares to: everywhere but where the agent listens, was interrupted, or waits for somebody else. */
const speaks = (conversation: Conversation): boolean => {
  const [outer, inner] =
    typeof conversation === 'string' ? [conversation] : (Object.entries(conversation)[0] as [string, unknown]);
  if (outer === 'transferring') return typeof inner === 'object' && inner !== null && 'announcing' in inner;
  if (outer === 'attended') return typeof inner === 'object' && inner !== null && 'saying' in inner;
  return !['listening', 'interrupted'].includes(outer);
};

const conversationOf = ({ value }: CallSnapshot): Conversation | undefined =>
  typeof value === 'string' ? undefined : value.active.conversation;

const toolIsAtWork = ({ context }: CallSnapshot): boolean => context.history.at(-1)?.role === 'toolCall';

const has = (snapshot: CallSnapshot, child: string): boolean => Object.hasOwn(snapshot.children, child);

/** Whether a message was taken up again by whoever said it. */
const grew = (message: Message, later: Message): boolean =>
  (message.role === 'user' && later.role === 'user') ||
  (message.role === 'assistant' && message.interrupted === true && later.role === 'assistant');

/**
 * The laws of the call that can be seen in its state alone. Tests check them after every step of every walk; the words
 * are for the reader of the report.
 */
export const INVARIANTS: readonly Invariant[] = [
  {
    law: 'A voice is alive exactly where the agent may speak.',
    holds: (now) => {
      const conversation = conversationOf(now);
      return has(now, 'voice') === (conversation !== undefined && speaks(conversation));
    },
  },
  {
    law: 'A reply is alive exactly while the agent responds.',
    holds: (now) => {
      const conversation = conversationOf(now);
      return has(now, 'reply') === (typeof conversation === 'object' && 'responding' in conversation);
    },
  },
  {
    law: 'Recogniser and playout live as long as the call, and nothing lives longer.',
    holds: (now) =>
      now.status === 'active' ? has(now, 'recogniser') && has(now, 'playout') : Object.keys(now.children).length === 0,
  },
  {
    law: 'A guess at the turn is kept exactly while the agent speculates, and no tool works on it.',
    holds: (now) => {
      const speculates = now.matches({ active: { conversation: { responding: { thinking: 'speculating' } } } });
      if (now.status !== 'active') return true;
      return (now.context.guess !== undefined) === speculates && !(speculates && toolIsAtWork(now));
    },
  },
  {
    law: 'The epoch never falls.',
    holds: (now, before) => now.context.epoch >= (before?.context.epoch ?? 0),
  },
  {
    law: 'Nothing that was in the history is lost; only a last turn may grow: an unanswered one of the caller, a cut one of the agent.',
    holds: (now, before) =>
      (before?.context.history ?? []).every((message, index, all) => {
        const later = now.context.history[index];
        return later === message || (index === all.length - 1 && later !== undefined && grew(message, later));
      }),
  },
  {
    law: 'Two turns of the caller never stand side by side.',
    holds: (now) =>
      now.context.history.every(({ role }, index, all) => role !== 'user' || all[index - 1]?.role !== 'user'),
  },
  {
    law: 'Each tool call has its result behind it, unless the tool is still at work.',
    holds: (now) =>
      now.context.history.every(
        ({ role }, index, all) =>
          role !== 'toolCall' ||
          all[index + 1]?.role === 'toolResult' ||
          (index === all.length - 1 && has(now, 'reply')),
      ),
  },
  {
    law: 'A call that has ended says why, and what becomes of the caller.',
    holds: (now) => now.status !== 'done' || now.output !== undefined,
  },
];
