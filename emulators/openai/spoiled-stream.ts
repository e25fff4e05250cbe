import type { Response } from 'express';
import type { StreamEvent } from './chunk-stream.ts';
import { errorBody, SERVER_ERROR } from './errors.ts';
import type { Spoiler } from './faults.ts';

/** So many pieces go well before a fault in the middle. */
const PIECES_BEFORE = 2;

/** How a stream goes wrong: what it does in place of the rest. */
interface SpoilContext {
  readonly response: Response;
  readonly slowFirstTokenMs: number;
  /** Resolves when the client has gone. */
  readonly closed: Promise<void>;
}

/** A stream with a fault in it; without one it is passed on as it is. */
export async function* spoiledStream(
  events: AsyncIterable<StreamEvent>,
  fault: Spoiler | undefined,
  { response, slowFirstTokenMs, closed }: SpoilContext,
): AsyncGenerator<StreamEvent> {
  let pieces = 0;
  for await (const event of events) {
    if (event.kind === 'piece') pieces += 1;
    const inTheMiddle = pieces > PIECES_BEFORE || event.kind === 'finish';
    switch (fault) {
      case 'slow first token':
        yield event.kind === 'role' ? { ...event, afterMs: event.afterMs + slowFirstTokenMs } : event;
        continue;
      case 'stall':
        if (inTheMiddle) return await closed;
        break;
      case 'disconnect mid-stream':
        // What was written before still arrives; then the body just breaks off.
        if (inTheMiddle) return response.socket?.destroySoon();
        break;
      case 'malformed JSON':
        if (inTheMiddle) return yield { ...event, data: event.data.slice(0, event.data.length / 2) };
        break;
      case 'error in stream':
        if (inTheMiddle) return yield { ...event, data: JSON.stringify(errorBody(SERVER_ERROR)) };
        break;
      case 'no finish':
        if (event.kind === 'finish') return;
        break;
      case 'open end':
        yield event;
        if (event.kind === 'done') return await closed;
        continue;
    }
    yield event;
  }
}
