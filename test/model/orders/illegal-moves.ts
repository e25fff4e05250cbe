import type { AnyEventObject } from 'xstate';
import { UNINTELLIGIBLE } from '../../../machines/call/events.ts';
import { sentenceOf } from './agent-side.ts';
import type { Move } from './moves.ts';
import type { World } from './world.ts';

const TEXTS = ['', 'mm', UNINTELLIGIBLE, 't0w1', 't0w1 t0w2'];

/** What nobody who keeps to a contract would say now: any word of the recogniser at any time, and late news of old speech. */
export function illegalMoves(world: World): readonly Move[] {
  const { epoch } = world.state.snapshot.context;
  const texts = [...TEXTS, world.caller.text];
  const events: readonly AnyEventObject[] = [
    { type: 'caller.speechStarted' },
    { type: 'caller.turnResumed' },
    ...texts.flatMap((text) => [
      { type: 'caller.interim', text },
      { type: 'caller.eagerEndOfTurn', text },
      { type: 'caller.endOfTurn', text, confidence: 1, words: [] },
    ]),
    ...[epoch - 1, epoch - 2].flatMap((old) => [
      { type: 'reply.sentence', epoch: old, index: 0, text: sentenceOf(old, 0) },
      { type: 'reply.finished', epoch: old, next: 'hangUp' },
      { type: 'playout.started', epoch: old, atMs: 0 },
      { type: 'playout.heard', epoch: old, sentence: 0 },
      { type: 'playout.finished', epoch: old },
    ]),
    { type: 'playout.cut', epoch: epoch + 1, heard: { sentences: 9 } },
  ];
  return events.map((event) => ({
    name: `illegal: ${JSON.stringify(event)}`,
    words: 0,
    acted: world,
    events: [event],
  }));
}
