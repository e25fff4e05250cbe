import { fromCallback } from 'xstate';
import type { Playout } from '../ports.ts';
import type { PlayoutCommand } from '../setup.ts';

/** The agent's audio on its way out as an actor: its edges come back as events; a cut is carried out as it is said. */
export const playoutActor = (playout: Playout) =>
  fromCallback<PlayoutCommand>(({ sendBack, receive }) => {
    receive(({ epoch }) => playout.cut(epoch));
    return playout.subscribe(sendBack);
  });
