/** Ends the recogniser's thread from outside, and prints what its caller is told and what the next caller hears. */
import type { Worker } from 'node:worker_threads';
import { createRecogniserPool } from '../../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../../services/speech-to-text/local/speech-to-text.ts';
import { synthesise } from '../../../services/text-to-speech/local/synthesise.ts';
import { join, quiet } from '../speech-to-text/local/phone-line.ts';

const threads: Worker[] = [];
process.on('worker', (worker) => threads.push(worker));

const pool = createRecogniserPool();
const grammars = { opening: '<utterance> = when is breakfast;' };
const speechToText = createLocalSpeechToText({ pool, grammars });
await pool.ready();
const signal = new AbortController().signal;

const lost = new Promise((resolve) => {
  void speechToText
    .open({ signal, topic: 'opening', on: () => undefined, onLost: resolve })
    .then(() => threads[0]?.terminate());
});
const failure = await lost;

const speech = join(quiet(500), await synthesise('When is breakfast?', 'slt'), quiet(1000));
const text = new Promise((resolve, reject) => {
  const on = (event: { readonly type: string; readonly text?: string }): void => {
    if (event.type === 'caller.endOfTurn') resolve(event.text);
  };
  void speechToText.open({ signal, topic: 'opening', on, onLost: reject }).then((session) => session.write(speech));
});
process.stdout.write(JSON.stringify({ failure, text: await text, sessions: pool.sessions }));
await pool.close();
