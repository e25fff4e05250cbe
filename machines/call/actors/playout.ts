import { fromCallback } from 'xstate';
import type { PlayoutCommand } from '../base.ts';
import type { Playout, PortOf } from '../ports.ts';

/** The agent's audio on its way out as an actor: its edges come back as events; each command is carried out as it is said. */
export const playoutActor = (playoutOf: PortOf<Playout>) =>
  fromCallback<PlayoutCommand>(({ system, sendBack, receive }) => {
    const playout = playoutOf(system);
    receive((command) => {
      switch (command.type) {
        case 'playout.cut':
          return playout.cut(command.epoch);
        case 'playout.hold':
          return playout.hold(command.epoch);
        case 'playout.release':
          return playout.release(command.epoch);
        case 'playout.replay':
          return playout.replay(command.epoch, command.skipMs);
        default:
          return command satisfies never;
      }
    });
    return playout.subscribe(sendBack);
  });
