import { BOOKING_TOOLS, type Booking, type ToolResult, toolResultSchema } from '../../tools/booking.ts';
import type { Talk } from './dialogue.ts';
import type { Move } from './dialogue-state.ts';
import { speakReference } from './spoken-forms.ts';
import { fill, join } from './wording.ts';

/** Says what became of a tool call, and remembers what was booked. @param result the tool's JSON text */
export function takeResult(talk: Talk, tool: string, result: string): Move {
  const read = readResult(result);
  const { focus } = talk.state;
  if (read === undefined) return talk.say(talk.lines.toolFailed, focus);
  if (read.ok) {
    const { booking } = read;
    const others = talk.state.bookings.filter(({ reference }) => reference !== booking.reference);
    return talk.with({ bookings: [...others, booking] }).sayAndAskForMore(doneLine(talk, tool, booking));
  }
  const draft = 'draft' in focus ? focus.draft : undefined;
  if (draft === undefined) return talk.sayAndAskForMore(read.message);
  const wrong = talk.task(draft.task).slots.find(({ slot }) => slot === read.slot)?.slot;
  if (wrong === undefined) {
    return talk.say(join(read.message, talk.lines.whatToChange), { kind: 'change', draft });
  }
  const { [wrong]: _, ...values } = draft.values;
  return talk.ask({ ...draft, values }, wrong, read.message);
}

function doneLine(talk: Talk, tool: string, booking: Booking): string {
  const reference = speakReference(booking.reference);
  switch (tool) {
    case BOOKING_TOOLS.cancel:
      return talk.lines.cancelled;
    case BOOKING_TOOLS.change:
      return fill(talk.lines.changed, { reference });
    case BOOKING_TOOLS.lookUp:
      return fill(talk.lines.lookUp, { reference, summary: talk.summaryOfBooking(booking) });
    default:
      return fill(talk.task(booking.task).done, { reference });
  }
}

/** Undefined when a tool failed: the chart then puts its own words in place of a result. */
function readResult(text: string): ToolResult | undefined {
  try {
    return toolResultSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
