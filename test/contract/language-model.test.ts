import { describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../agents/load-profile.ts';
import { answerFrom } from '../../emulators/openai/answer-from-language-model.ts';
import { createOpenAiEmulator } from '../../emulators/openai/server.ts';
import { createLocalLanguageModel } from '../../services/language-model/local/local-language-model.ts';
import { createOpenAiLanguageModel } from '../../services/language-model/openai/openai-language-model.ts';
import { PRESETS, type PresetName } from '../../services/language-model/openai/presets.ts';
import { Conversation, FRIDAY_MORNING } from '../services/language-model/local/conversation.ts';
import { describeLanguageModel, type LanguageModelSubject } from './language-model.ts';

const profile = loadProfile('continental');
const concierge = createLocalLanguageModel(profile, { today: () => FRIDAY_MORNING });

/** The adapter of a vendor, its emulator, and the concierge behind it. */
async function overTheWire(vendor: PresetName): Promise<LanguageModelSubject> {
  const emulator = await createOpenAiEmulator({ answer: answerFrom(concierge), apiKey: 'sk-right-key-0000' });
  const model = createOpenAiLanguageModel(profile, {
    ...PRESETS[vendor],
    vendor,
    baseUrl: emulator.baseUrl,
    apiKey: 'sk-right-key-0000',
    now: () => FRIDAY_MORNING,
  });
  return {
    model,
    async close() {
      model.close();
      await emulator.close();
    },
  };
}

describeLanguageModel('the embedded concierge', async () => ({ model: concierge, close: async () => {} }));
describeLanguageModel('OpenAI, emulated', () => overTheWire('openai'));
describeLanguageModel('Groq, emulated', () => overTheWire('groq'));

describe('a whole conversation', () => {
  it('is the same over the wire as without it', async () => {
    const subject = await overTheWire('openai');
    const calls = [new Conversation('continental'), new Conversation('continental', subject.model)];
    const lines = [
      'what time is breakfast',
      "i'd like to book a table",
      'tomorrow at seven in the evening for two',
      '[unintelligible]',
      'miller',
      'yes please',
      'i want to change my booking',
      'at eight in the evening',
      'yes',
      'what was my reference',
    ];
    const [direct, wired] = await Promise.all(
      calls.map(async (call) => {
        const answers: string[] = [];
        for (const line of lines) {
          answers.push(await call.say(line));
          if (line.startsWith('what time')) call.cutAt('Breakfast is served from');
        }
        return { answers, bookings: call.toolbox.bookings };
      }),
    );
    await subject.close();
    expect(wired).toEqual(direct);
    expect(wired?.bookings).toEqual([
      {
        reference: expect.stringMatching(/^[A-Z]\d\d$/),
        task: 'bookTable',
        status: 'booked',
        details: { date: '2026-11-21', time: '20:00', partySize: 2, name: 'Miller' },
      },
    ]);
  });
});

for (const vendor of ['openai', 'groq'] as const) {
  const variable = `${vendor.toUpperCase()}_API_KEY`;
  const apiKey = process.env[variable];
  if (apiKey === undefined)
    describe.skip(`the language model: ${vendor}, live (skipped: ${variable} is not set)`, () => {
      it('is run with a key only', () => {});
    });
  else
    describeLanguageModel(`${vendor}, live`, async () => {
      const model = createOpenAiLanguageModel(profile, {
        ...PRESETS[vendor],
        vendor,
        apiKey,
        now: () => FRIDAY_MORNING,
      });
      return { model, close: async () => model.close() };
    });
}
