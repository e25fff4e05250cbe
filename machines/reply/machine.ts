import { and } from 'xstate';
import { initialContext, MAX_TOOL_ROUNDS, reply } from './setup.ts';

/** What the model is told when a tool did not answer in time. */
const TOOL_TIMED_OUT = JSON.stringify({ error: 'the tool did not answer in time' });

const silentModel = {
  code: 'timeout',
  message: 'nothing from the model within replyFirstToken',
  retryable: true,
} as const;
const brokenChild = (child: string) =>
  ({ code: 'unavailable', message: `the ${child} crashed`, retryable: false }) as const;

/**
 * One answer of the agent: the model drafts, tools run, the model drafts again, and each complete sentence is told to the
 * call at once. Beside it a watch reads along and raises the alarm when the reply names an emergency. A reply to a turn that
 * may not have ended tells its sentences and keeps everything else to itself until the call confirms the turn.
 *
 * Lives for one turn, as a child of the call's `responding`. Tells its parent `reply.*`, always with the turn's epoch; the
 * last word is `reply.finished` or `reply.failed`.
 */
export const replyMachine = reply.createMachine({
  id: 'reply',
  context: ({ input }) => initialContext(input),
  type: 'parallel',
  states: {
    // First in the document, so that the alarm is told before the sentence that caused it.
    watch: {
      initial: 'reading',
      states: {
        reading: {
          on: {
            'draft.text': [
              {
                guard: and(['names an emergency', 'is confirmed']),
                target: 'alarmed',
                actions: 'tell of the emergency',
              },
              { guard: 'names an emergency', target: 'suspecting' },
            ],
          },
        },
        suspecting: { on: { 'reply.confirm': { target: 'alarmed', actions: 'tell of the emergency' } } },
        alarmed: {},
      },
    },
    /** Whether the caller's turn has ended, or is only believed to have. */
    turn: {
      id: 'turn',
      initial: 'judging',
      states: {
        judging: { always: [{ guard: 'is a guess', target: 'guessed' }, { target: 'ended' }] },
        guessed: { on: { 'reply.confirm': 'ended' } },
        ended: {},
      },
    },
    stream: {
      initial: 'drafting',
      states: {
        drafting: {
          invoke: {
            id: 'draft',
            src: 'draft',
            input: ({ context }) => ({ history: context.history, toolsAllowed: context.rounds < MAX_TOOL_ROUNDS }),
            onError: {
              target: 'failed',
              actions: { type: 'tell the failure', params: { failure: brokenChild('draft') } },
            },
          },
          initial: 'waiting',
          states: {
            waiting: {
              after: {
                'reply first token': {
                  target: '#reply.stream.failed',
                  actions: { type: 'tell the failure', params: { failure: silentModel } },
                },
              },
            },
          },
          on: {
            // Entering `waiting` anew gives the model its time again after each piece.
            'draft.text': { target: '.waiting', actions: 'tell the sentences' },
            'draft.toolCall': [
              { guard: 'decides what comes next', target: '.waiting', actions: 'note what comes next' },
              // Tools are off in the last round: what a model asks for all the same is not run.
              { guard: 'may use tools', target: '.waiting', actions: 'queue the call' },
            ],
            'draft.finished': { target: 'drafted', actions: ['tell the last sentence', 'note the topic'] },
            'draft.failed': {
              target: 'failed',
              actions: { type: 'tell the failure', params: ({ event }) => ({ failure: event.failure }) },
            },
          },
        },
        /** Tools, and whatever follows the reply, wait for the end of the caller's turn. */
        drafted: {
          always: [
            {
              guard: and(['is confirmed', 'asked for tools']),
              target: 'usingTools',
              actions: 'remember its own words',
            },
            { guard: 'is confirmed', target: 'finished', actions: 'tell the end' },
          ],
        },
        usingTools: {
          entry: 'tell the tool call',
          invoke: {
            id: 'tool',
            src: 'tool',
            input: ({ context }) => context.calls[0] ?? { id: '', name: '', arguments: '' },
            onError: {
              target: 'paired',
              actions: { type: 'pair the result', params: { result: JSON.stringify({ error: 'the tool crashed' }) } },
            },
          },
          on: {
            'tool.returned': {
              target: 'paired',
              actions: { type: 'pair the result', params: ({ event }) => ({ result: event.result }) },
            },
          },
          after: {
            'tool timeout': {
              target: 'paired',
              actions: { type: 'pair the result', params: { result: TOOL_TIMED_OUT } },
            },
          },
        },
        paired: {
          always: [
            { guard: 'asked for tools', target: 'usingTools' },
            { target: 'drafting', actions: 'count the round' },
          ],
        },
        finished: {},
        failed: {},
      },
    },
  },
});
