import { z } from 'zod';
import type { Profile, Task } from '../../agents/profile.ts';
import type { Toolbox } from '../../machines/call/ports.ts';
import { ServiceError } from '../errors.ts';
import { createKnowledge, type Knowledge } from '../knowledge/knowledge.ts';
import { BOOKING_TOOLS, type Booking, LOOK_UP_FACT, type Problem, type ToolResult } from './booking.ts';
import { problemOf } from './booking-rules.ts';
import { civilTime } from './civil-time.ts';
import { changeSchema, detailsSchema } from './details-schema.ts';
import { referenceOf } from './reference.ts';

export interface ToolboxOptions {
  /** The references of the call's bookings follow from it. */
  readonly callSid: string;
  /** Called after each booking, change and cancellation, with the booking as it is now. */
  readonly onStored?: (booking: Booking) => void;
  /** Default: the system clock. */
  readonly now?: () => Date;
}

const referenceSchema = z.strictObject({ reference: z.string().optional() });
const questionSchema = z.strictObject({ question: z.string().min(1) });

/**
 * The tools of one call, and what they booked. Results are JSON text ({@link ToolResult}); a booking that cannot be
 * made is a result too, with a sentence for the caller.
 *
 * `run` throws a service error of code `bad-request` for a tool that does not exist and for arguments that are no JSON.
 */
export function createToolbox(
  profile: Profile,
  { callSid, onStored, now = () => new Date() }: ToolboxOptions,
): Toolbox & { readonly bookings: readonly Booking[] } {
  const bookings: Booking[] = [];
  let knowledge: Knowledge | undefined;

  const store = (booking: Booking): ToolResult => {
    const index = bookings.findIndex(({ reference }) => reference === booking.reference);
    if (index < 0) bookings.push(booking);
    else bookings[index] = booking;
    onStored?.(booking);
    return { ok: true, booking };
  };
  const wrongDetails = (task: Task, details: Booking['details']): Problem | undefined =>
    problemOf(profile, task, details, civilTime(now(), profile.timeZone));

  const book = (task: Task, json: unknown): ToolResult => {
    const parsed = detailsSchema(profile, task).safeParse(json);
    if (!parsed.success) return invalid(parsed.error);
    const problem = wrongDetails(task, parsed.data);
    if (problem !== undefined) return { ok: false, ...problem };
    const reference = referenceOf(callSid, bookings.length);
    return store({ reference, task: task.name, status: 'booked', details: parsed.data });
  };
  const change = (json: unknown): ToolResult => {
    const parsed = changeSchema(profile).safeParse(json);
    if (!parsed.success) return invalid(parsed.error);
    const { reference, ...changed } = parsed.data;
    const found = find(bookings, reference);
    if (!('reference' in found)) return { ok: false, ...found };
    const task = profile.tasks.find(({ name }) => name === found.task);
    if (task === undefined) throw new ServiceError(`no task "${found.task}"`, { code: 'bad-request', vendor: 'local' });
    const foreign = Object.keys(changed).find((name) => !task.slots.some(({ slot }) => slot === name));
    if (foreign !== undefined) {
      return { ok: false, problem: 'invalid', slot: foreign, message: `This booking has no ${foreign}.` };
    }
    const details = { ...found.details, ...changed };
    const problem = wrongDetails(task, details);
    return problem === undefined ? store({ ...found, details }) : { ok: false, ...problem };
  };
  const lookUp = (json: unknown, then: (booking: Booking) => ToolResult): ToolResult => {
    const parsed = referenceSchema.safeParse(json);
    if (!parsed.success) return invalid(parsed.error);
    const found = find(bookings, parsed.data.reference);
    return 'reference' in found ? then(found) : { ok: false, ...found };
  };

  return {
    bookings,
    async run({ name, arguments: text }) {
      const json = parseArguments(name, text);
      const task = profile.tasks.find(({ tool }) => tool === name);
      if (task !== undefined) return JSON.stringify(book(task, json));
      switch (name) {
        case BOOKING_TOOLS.change:
          return JSON.stringify(change(json));
        case BOOKING_TOOLS.cancel:
          return JSON.stringify(lookUp(json, (booking) => store({ ...booking, status: 'cancelled' })));
        case BOOKING_TOOLS.lookUp:
          return JSON.stringify(lookUp(json, (booking) => ({ ok: true, booking })));
        case LOOK_UP_FACT: {
          knowledge ??= createKnowledge(profile);
          const question = questionSchema.safeParse(json);
          if (!question.success) return JSON.stringify(invalid(question.error));
          return JSON.stringify(knowledge.find(question.data.question) ?? { found: false });
        }
        default:
          throw new ServiceError(`no tool "${name}"`, { code: 'bad-request', vendor: 'local' });
      }
    },
  };
}

/** The booking of a reference, or the latest one when no reference is given. Cancelled ones count as gone. */
function find(bookings: readonly Booking[], reference: string | undefined): Booking | Problem {
  const wanted = reference?.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const live = bookings.filter(({ status }) => status === 'booked');
  if (live.length === 0) return { problem: 'nothing-booked', message: 'Nothing has been booked in this call.' };
  const found = wanted === undefined ? live.at(-1) : live.find((booking) => booking.reference === wanted);
  return found ?? { problem: 'unknown-reference', message: 'There is no booking with this reference in this call.' };
}

function parseArguments(tool: string, text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (cause) {
    throw new ServiceError(`the arguments of ${tool} are no JSON`, { code: 'bad-request', vendor: 'local', cause });
  }
}

function invalid(error: z.ZodError): ToolResult {
  const [first] = error.issues;
  const slot = first?.path[0];
  const field = slot === undefined ? '' : `${String(slot)}: `;
  return {
    ok: false,
    problem: 'invalid',
    ...(slot === undefined ? {} : { slot: String(slot) }),
    message: `${field}${first?.message ?? 'wrong arguments'}`,
  };
}
