import { describe, expect, it } from '@jest/globals';
import type { ReplyPart } from '../../../../machines/call/ports.ts';
import { joinedText } from '../../../../services/language-model/openai/joined-text.ts';

const text = (words: string): ReplyPart => ({ type: 'text', text: words });
const FINISH: ReplyPart = { type: 'finish', reason: 'stop' };
const LASTING = new AbortController().signal;

/** A turn of the event loop goes by, with all that was due at its end. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** What comes in each turn of the event loop; an error is thrown. */
async function* arriving(...turns: readonly (readonly (ReplyPart | Error)[])[]): AsyncGenerator<ReplyPart> {
  for (const parts of turns) {
    await turn();
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield part;
    }
  }
}

async function read(parts: AsyncGenerator<ReplyPart>): Promise<(ReplyPart | string)[]> {
  const seen: (ReplyPart | string)[] = [];
  try {
    for await (const part of joinedText(parts, LASTING)) seen.push(part);
  } catch (error) {
    seen.push(String(error));
  }
  return seen;
}

describe('text that has come together', () => {
  it('is two pieces at the most: the first at once, the rest of the same turn behind it', async () => {
    const turns = [
      [text('Good '), text('even'), text('ing.')],
      [text(' And'), text(' now'), text('?')],
    ];
    expect(await read(arriving(...turns))).toEqual([text('Good '), text('even' + 'ing.'), text(' And'), text(' now?')]);
  });

  it('waits for nothing that has not come', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* parts(): AsyncGenerator<ReplyPart> {
      yield text('Good ');
      yield text('even');
      await held;
      yield text('ing.');
    }
    const joined = joinedText(parts(), LASTING);
    expect([(await joined.next()).value, (await joined.next()).value]).toEqual([text('Good '), text('even')]);
    release();
    expect((await joined.next()).value).toEqual(text('ing.'));
  });

  it('keeps its place before a tool call, the finish and a failure', async () => {
    const call: ReplyPart = { type: 'toolCall', id: 'a', name: 'look_up', arguments: '{}' };
    expect(await read(arriving([text('One'), text(' mo'), text('ment.'), call, FINISH]))).toEqual([
      text('One'),
      text(' moment.'),
      call,
      FINISH,
    ]);
    expect(await read(arriving([text('One'), text(' mo'), text('ment.'), new Error('cut')]))).toEqual([
      text('One'),
      text(' moment.'),
      'Error: cut',
    ]);
  });

  it('left early ends its source with its next part', async () => {
    let ended = false;
    async function* parts(): AsyncGenerator<ReplyPart> {
      try {
        yield text('Good ');
        await turn();
        yield text('even');
        yield text('ing.');
      } finally {
        ended = true;
      }
    }
    for await (const _ of joinedText(parts(), LASTING)) break;
    expect(ended).toBe(false);
    await turn();
    await turn();
    expect(ended).toBe(true);
  });

  it('that was aborted meanwhile is not passed on', async () => {
    const controller = new AbortController();
    const seen: ReplyPart[] = [];
    for await (const part of joinedText(arriving([text('Good '), text('even'), text('ing.')]), controller.signal)) {
      seen.push(part);
      controller.abort();
    }
    expect(seen).toEqual([text('Good ')]);
  });

  it('may fail while the reader is still busy with what came before: the reader learns of it, nobody else', async () => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const part of joinedText(arriving([text('Good '), new Error('cut')]), LASTING)) {
        seen.push(part.type);
        await turn();
        await turn();
      }
    })();
    await expect(reading).rejects.toThrow('cut');
    expect(seen).toEqual(['text']);
  });
});
