import { fromCallback } from 'xstate';
import { failureOf } from '../../call/failure.ts';
import type { PortOf, Toolbox } from '../../call/ports.ts';
import type { ToolCall, ToolEvent } from '../events.ts';

/** One tool call as an actor. A tool that fails returns its failure as the result: the model is told, the call goes on. */
export const toolActor = (toolboxOf: PortOf<Toolbox>) =>
  fromCallback<{ type: 'none' }, ToolCall>(({ input, system, sendBack }) => {
    const controller = new AbortController();
    const tell = (result: string): void => {
      const event: ToolEvent = { type: 'tool.returned', result };
      if (!controller.signal.aborted) sendBack(event);
    };
    toolboxOf(system)
      .run(input, controller.signal)
      .then(tell, (error: unknown) => {
        tell(JSON.stringify({ error: failureOf(error).message }));
      });
    return () => controller.abort();
  });
