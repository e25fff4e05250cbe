import type { Slot } from '../slot.ts';
import { numbers, oneOf } from './spoken-rules.ts';

/** How one slot is said, as JSGF expansions. */
export interface SlotRules {
  /** Its value alone, where a phrase says `<slot>`. */
  readonly value: string;
  /** Within a longer sentence: `under the name smith`. */
  readonly mention: string;
  /** The same when it was asked for: `it is smith`. */
  readonly answer: string;
}

/** The JSGF of a slot, by the kind of its value. */
export function slotRules(slot: Slot): SlotRules {
  switch (slot.kind) {
    case 'date':
      return {
        value: '<anyDate>',
        mention: '[on | for | from | to] <anyDate>',
        answer: '[on | for | from | it is] <anyDate>',
      };
    case 'time':
      return {
        value: '<anyTime>',
        mention: '(at | around | to) <anyTime>',
        answer: '[at | around | about | for] <anyTime>',
      };
    case 'number': {
      const units = oneOf([slot.unit.one, slot.unit.many, ...slot.alsoSaid]);
      const range = numbers(Math.max(slot.min, 1), slot.max);
      const forms = slot.forms.map(({ say }) => `(${say})`);
      const counted = `[for] ${range} ${units}`;
      return {
        value: range,
        mention: oneOf([slot.afterFor ? `for ${range} [${units}]` : counted, `${range} ${units}`, ...forms]),
        answer: oneOf([`[for | there are | we are | it is] ${range} [${units}]`, ...forms]),
      };
    }
    case 'name':
      return {
        value: '<anyName>',
        mention: '(under the name [of] | my name is | the name is | in the name of | for) <anyName>',
        answer:
          "[it is | it's | this is | i am | i'm | my name is | the name is | under [the name [of]] | for] <anyName>",
      };
    case 'choice': {
      const options = oneOf(slot.options.flatMap(({ say }) => say.map((form) => `(${form})`)));
      return {
        value: options,
        mention: `[for] [a | an | the] ${options}`,
        answer: `[it is | it's] [for] [a | an | the | my] ${options}`,
      };
    }
  }
}
