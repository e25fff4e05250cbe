import { describe, expect, it } from '@jest/globals';
import { loadProfile } from '../../../../agents/load-profile.ts';
import { parametersOf } from '../../../../services/language-model/openai/model-families.ts';
import { systemPromptOf } from '../../../../services/language-model/openai/system-prompt.ts';
import { ToolCallAssembly } from '../../../../services/language-model/openai/tool-call-assembly.ts';

describe('the parameters of a model', () => {
  it.each([
    ['gpt-5.6-luna', { max_completion_tokens: 400, reasoning_effort: 'none' }],
    ['gpt-6-luna', { max_completion_tokens: 400, reasoning_effort: 'none' }],
    ['gpt-5.1', { max_completion_tokens: 400, reasoning_effort: 'none' }],
    ['gpt-5-mini', { max_completion_tokens: 400, reasoning_effort: 'minimal' }],
    ['gpt-4.1-mini', { max_completion_tokens: 400, temperature: 0.4 }],
    ['openai/gpt-oss-120b', { max_tokens: 400, reasoning_effort: 'low', temperature: 0.4 }],
    ['gpt-oss:20b', { max_tokens: 400, reasoning_effort: 'low', temperature: 0.4 }],
    ['qwen/qwen3.6-27b', { max_tokens: 400, reasoning_effort: 'none', temperature: 0.4 }],
    ['llama3.2', { max_tokens: 400, temperature: 0.4 }],
  ])('%s', (model, parameters) => {
    expect(parametersOf(model, 400)).toEqual({ model, ...parameters });
  });
});

describe('the system prompt', () => {
  const profile = loadProfile('continental');
  const promptAt = systemPromptOf(profile);

  it('holds the agent, the facts, the signs of the history and the control tools', () => {
    const prompt = promptAt(new Date('2026-11-20T15:00:00Z'));
    expect(prompt.startsWith(profile.prompt)).toBe(true);
    const breakfast = profile.facts.breakfast?.answer ?? 'no such fact';
    const { goodbye, handOver } = profile.script;
    for (const part of [breakfast, '[unintelligible]', '"—"', 'end_call', goodbye, 'transfer_to_human', handOver])
      expect(prompt).toContain(part);
  });

  it('ends with the day and time of the agent, and is the same before it', () => {
    const evening = promptAt(new Date('2026-11-21T00:30:00Z'));
    const morning = promptAt(new Date('2026-11-21T14:05:00Z'));
    expect(evening.split('\n').at(-1)).toBe('It is Friday, 2026-11-20, 19:30 (America/New_York).');
    expect(morning.split('\n').at(-1)).toBe('It is Saturday, 2026-11-21, 09:05 (America/New_York).');
    expect(evening.slice(0, evening.lastIndexOf('It is'))).toBe(morning.slice(0, morning.lastIndexOf('It is')));
  });

  it('knows each new minute, whichever minute was asked for before', () => {
    const times = ['00:30:59.999', '00:31:00.000', '00:30:00.000'].map(
      (time) =>
        promptAt(new Date(`2026-11-21T${time}Z`))
          .split('\n')
          .at(-1)
          ?.split(' ')[4],
    );
    expect(times).toEqual(['19:30', '19:31', '19:30']);
  });
});

describe('tool calls', () => {
  it('are put together by index, whatever the order of their slices', () => {
    const assembly = new ToolCallAssembly();
    assembly.add({ index: 1, id: 'b', type: 'function', function: { name: 'get_price', arguments: '' } });
    assembly.add({ index: 0, id: 'a', type: 'function', function: { name: 'book_table', arguments: '{"name":"M' } });
    assembly.add({ index: 1, function: { arguments: '{}' } });
    assembly.add({ index: 0, function: { arguments: '\\u00fc' } });
    assembly.add({ index: 0, function: { arguments: 'ller"}' } });
    expect(assembly.parts()).toEqual([
      { type: 'toolCall', id: 'a', name: 'book_table', arguments: '{"name":"M\\u00fcller"}' },
      { type: 'toolCall', id: 'b', name: 'get_price', arguments: '{}' },
    ]);
  });

  it('without an index begin anew with each id; without arguments they have an empty object, without an id a made one', () => {
    const assembly = new ToolCallAssembly();
    assembly.add({ id: 'a', function: { name: 'book_table', arguments: '{"x":' } });
    assembly.add({ function: { arguments: '1}' } });
    assembly.add({ id: 'b', function: { name: 'get_price' } });
    expect(assembly.parts()).toEqual([
      { type: 'toolCall', id: 'a', name: 'book_table', arguments: '{"x":1}' },
      { type: 'toolCall', id: 'b', name: 'get_price', arguments: '{}' },
    ]);
    const nameless = new ToolCallAssembly();
    nameless.add({ index: 0, function: { name: 'end_call', arguments: '' } });
    expect(nameless.parts()).toEqual([{ type: 'toolCall', id: 'call_0', name: 'end_call', arguments: '{}' }]);
  });
});
