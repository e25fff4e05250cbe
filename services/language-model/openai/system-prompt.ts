import type { Profile } from '../../../agents/profile.ts';
import { UNINTELLIGIBLE } from '../../../machines/call/events.ts';
import { CONTROL_TOOLS } from '../../../machines/reply/control-tools.ts';
import { createKnowledge } from '../../knowledge/knowledge.ts';
import { civilTime, weekdayOf } from '../../tools/civil-time.ts';

/** Stands behind the words of an agent's turn that the caller cut off. The system prompt explains it. */
export const CUT_OFF = ' —';

const SPEECH = `How to speak
- Everything you write is read aloud at once by a voice. Write what should be heard: whole words, no markup, no lists, no emoji, no links, no brackets.
- One or two short sentences, then let the caller speak. Ask one question at a time.
- Write numbers, times, dates, prices and telephone numbers as they are said: "seven thirty in the evening", "the twenty-first of November".
- Read a reference letter by letter and digit by digit: "K, four, seven".
- Do not repeat what you have already said.`;

const LISTENING = `What you read of the call
- The caller's words come from a speech recogniser. Expect words that only sound right, and ask when it matters.
- "${UNINTELLIGIBLE}" means that the caller spoke and was not understood. Say so kindly and ask them to repeat it.
- A turn of yours that ends with "${CUT_OFF.trim()}" was cut off by the caller there: they heard nothing behind it. Answer what they say now, and repeat only what they still need. Never write that sign yourself.`;

const toolsOf = ({ script }: Profile): string => `How to use tools
- Call a tool only when you know all its details. Never invent one, and never promise what no tool has confirmed.
- Dates for tools are written 2026-11-20, times 19:30.
- A result with "ok": false holds a sentence for the caller: say what is wrong and ask for what has to change.
- When the caller says goodbye or wants nothing more, call ${CONTROL_TOOLS.endCall} and write nothing. They then hear: "${script.goodbye}"
- When the caller asks for a person, or accepts the offer of one, call ${CONTROL_TOOLS.transferToHuman} and write nothing. They then hear: "${script.handOver}"`;

/**
 * Makes an agent's system prompt from its profile: who it is, how to speak and to use tools, what it knows, and at last
 * what day and time it is. What never changes stands first, because vendors cache a prompt by its beginning.
 *
 * @returns the prompt at an instant
 */
export function systemPromptOf(profile: Profile): (now: Date) => string {
  const facts = `What you know\n${createKnowledge(profile).sheet()}`;
  const always = [profile.prompt, SPEECH, LISTENING, toolsOf(profile), facts].join('\n\n');
  let minute = Number.NaN;
  let prompt = '';
  return (now) => {
    // Every turn asks while its caller waits, and a calendar takes longer to read than all else that is done here.
    const asked = Math.floor(now.getTime() / MINUTE_MS);
    if (asked !== minute) {
      const { date, time } = civilTime(now, profile.timeZone);
      prompt = `${always}\n\nIt is ${capitalised(weekdayOf(date))}, ${date}, ${time} (${profile.timeZone}).`;
      minute = asked;
    }
    return prompt;
  };
}

const MINUTE_MS = 60_000;

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
