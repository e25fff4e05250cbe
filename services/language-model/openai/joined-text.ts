import type { ReplyPart } from '../../../machines/call/ports.ts';

/**
 * Joins pieces of text that have come together.
 *
 * A model's words arrive a token at a time, and often a dozen of them in one read of the socket. Each is a step of the reply
 * chart, all of them behind one another, while a voice's first sound waits for its turn. So the first piece is passed on at
 * once, and what follows it within the same turn of the event loop as one piece, at the end of that turn: nobody waits for
 * anything that has not come yet.
 *
 * It reads ahead, so who leaves before the end is rid of the source when its next part comes; aborting `signal`, which must end
 * the source, ends both at once.
 */
export async function* joinedText(parts: AsyncGenerator<ReplyPart>, signal: AbortSignal): AsyncGenerator<ReplyPart> {
  const ahead = (): Promise<IteratorResult<ReplyPart>> => {
    const next = parts.next();
    // A failure is met where the part is awaited, if it ever is.
    next.catch(() => undefined);
    return next;
  };
  let coming = ahead();
  try {
    for (let part = await coming; !part.done; part = await coming) {
      coming = ahead();
      yield part.value;
      if (part.value.type !== 'text') continue;
      const turnEnds = new Promise<undefined>((resolve) => setImmediate(resolve, undefined));
      // A failure is met at the head of the loop, behind the text that came before it.
      const early = () => Promise.race([coming, turnEnds]).catch(() => undefined);
      let text = '';
      for (let next = await early(); isText(next); next = await early()) {
        text += next.value.text;
        coming = ahead();
      }
      if (text !== '' && !signal.aborted) yield { type: 'text', text };
    }
  } finally {
    // Not waited for: what is still to come may take its time, and nobody listens any more.
    parts.return(undefined).catch(() => undefined);
  }
}

type TextPart = Extract<ReplyPart, { type: 'text' }>;

const isText = (next: IteratorResult<ReplyPart> | undefined): next is IteratorYieldResult<TextPart> =>
  next !== undefined && !next.done && next.value.type === 'text';
