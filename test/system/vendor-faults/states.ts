import type { State } from './row.ts';
import { ANSWER, QUESTION, type World } from './world.ts';

/** Resolves when the model's client has gone. */
export const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));

const asks = async (world: World): Promise<void> => {
  await BRING.listening(world);
  world.says(QUESTION);
};

/** How a call comes into each state. */
export const BRING: Readonly<Record<State, (world: World) => Promise<void>>> = {
  greeting: (world) => world.reaches('greeting'),
  listening: async (world) => {
    await world.reaches('listening.quiet');
    await world.recognitionIs('live');
  },
  hearing: async (world) => {
    await BRING.listening(world);
    world.begins('what');
    await world.reaches('listening.hearing');
  },
  thinking: async (world) => {
    world.answer = async function* (signal) {
      await Promise.race([world.struck, untilAborted(signal)]);
      yield { type: 'text', text: ANSWER };
    };
    await asks(world);
    await world.reaches('responding.thinking');
  },
  speaking: async (world) => {
    await asks(world);
    await world.reaches('responding.speaking');
  },
  interrupted: async (world) => {
    await asks(world);
    await world.reaches('responding.speaking');
    world.begins('wait a moment');
    await world.reaches('interrupted');
  },
  transferring: async (world) => {
    await BRING.listening(world);
    world.call.dtmf('0');
    await world.reaches('transferring');
  },
};
