import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../local/message-of.ts';
import { GrammarDecoder } from './decoder.ts';
import type { Endpointing } from './endpointer.ts';
import { Listener } from './listener.ts';
import type { RecogniserMessage, RecogniserRequest } from './recogniser-messages.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The module that a recogniser's thread runs: listens for any number of callers at the same time. */
if (parentPort === null) throw new Error('recogniser-thread.ts runs in a worker thread only');
const port = parentPort;

interface Learned {
  readonly content: Vocabulary;
  readonly endpointing: Endpointing;
  /** Decoders that no session uses. */
  readonly spare: GrammarDecoder[];
}

/** Decoders (14 MB each) kept for later sessions. */
const MOST_SPARE = 8;

const vocabularies = new Map<number, Learned>();
const sessions = new Map<number, { readonly listener: Listener; readonly learned: Learned }>();

async function handle(message: RecogniserRequest): Promise<void> {
  switch (message.type) {
    case 'learn':
      return answer(message.request, () => learn(message));
    case 'open':
      return answer(message.request, () => open(message));
    case 'audio':
      return attempt(message.session, (listener) => listener.hear(message.mulaw));
    case 'expect':
      return attempt(message.session, (listener) => listener.expect(message.topic));
    case 'close':
      close(message.session);
  }
}

async function learn({ vocabulary, content, endpointing }: RecogniserRequest & { type: 'learn' }): Promise<void> {
  const decoder = await GrammarDecoder.create(content);
  // The first topic last: the next caller begins with it.
  for (const topic of Object.keys(content.grammars).reverse()) decoder.listenFor(topic);
  vocabularies.set(vocabulary, { content, endpointing, spare: [decoder] });
}

async function open({ session, vocabulary, topic }: RecogniserRequest & { type: 'open' }): Promise<void> {
  const learned = vocabularies.get(vocabulary);
  if (learned === undefined) throw new Error('the vocabulary was refused');
  const spare = takeSpare(learned.spare, topic);
  await spare?.forgetCaller();
  const decoder = spare ?? (await GrammarDecoder.create(learned.content));
  const listener = new Listener({
    decoder,
    endpointing: learned.endpointing,
    topic,
    report: (event) => send({ type: 'heard', session, event }),
  });
  sessions.set(session, { listener, learned });
}

/** Rather one that listens for the topic already: a large grammar takes 30 ms to load. */
function takeSpare(spare: GrammarDecoder[], topic: string): GrammarDecoder | undefined {
  const fitting = spare.findIndex((decoder) => decoder.topic === topic);
  return fitting >= 0 ? spare.splice(fitting, 1)[0] : spare.pop();
}

function close(session: number): void {
  const found = sessions.get(session);
  if (found === undefined) return;
  sessions.delete(session);
  found.listener.close();
  const { decoder } = found.listener;
  if (found.learned.spare.length < MOST_SPARE) found.learned.spare.push(decoder);
  else decoder.delete();
}

async function answer(request: number, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    send({ type: 'done', request });
  } catch (error) {
    send({ type: 'refused', request, reason: messageOf(error) });
  }
}

/** A broken decoder costs its session, not the thread. */
function attempt(session: number, work: (listener: Listener) => void): void {
  const found = sessions.get(session);
  if (found === undefined) return;
  try {
    work(found.listener);
  } catch (error) {
    sessions.delete(session);
    found.listener.decoder.delete();
    send({ type: 'lost', session, reason: messageOf(error) });
  }
}

function send(message: RecogniserMessage): void {
  port.postMessage(message);
}

let handled: Promise<void> = Promise.resolve();
port.on('message', (message: RecogniserRequest) => {
  handled = handled.then(() => handle(message));
});
send({ type: 'ready' });
