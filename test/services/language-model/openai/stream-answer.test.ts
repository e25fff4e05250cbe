import { afterEach, expect, it } from '@jest/globals';
import { createChatClient } from '../../../../services/language-model/openai/chat-client.ts';
import { streamAnswer } from '../../../../services/language-model/openai/stream-answer.ts';
import { closeAll, KEY, start } from './wired-model.ts';

afterEach(closeAll);

it('an abort ends the request behind everything else that happens in the same step', async () => {
  const { emulator } = await start();
  emulator.inject('stall');
  const { client, close } = createChatClient({ baseUrl: emulator.baseUrl, apiKey: KEY });
  const controller = new AbortController();
  const order: string[] = [];
  const parts = streamAnswer({
    client,
    addressee: { vendor: 'openai', model: 'gpt-5.6-luna' },
    body: JSON.stringify({
      model: 'gpt-5.6-luna',
      messages: [{ role: 'user', content: 'when is breakfast' }],
      stream: true,
    }),
    toolsAllowed: true,
    onUsage: () => {},
    onAborted: () => order.push('the request was ended'),
    signal: controller.signal,
  });
  await parts.next();
  controller.abort();
  order.push('the carrier was told to be silent');
  expect(await parts.next()).toEqual({ done: true, value: undefined });
  expect(order).toEqual(['the carrier was told to be silent', 'the request was ended']);
  close();
});
