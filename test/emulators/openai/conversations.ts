/** A tool as clients describe it. */
export const TOOL = {
  type: 'function',
  function: { name: 'book_table', description: 'Books.', parameters: { type: 'object', properties: {} } },
} as const;

export const USER = { role: 'user', content: 'A table for two.' } as const;

/** The assistant calls a tool, once for each id. */
export const calls = (...ids: string[]) => ({
  role: 'assistant',
  content: null,
  tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'book_table', arguments: '{}' } })),
});

export const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'done' });
