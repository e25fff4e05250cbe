import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../local/message-of.ts';
import { speakWithFlite } from './flite.ts';
import type { Speech, SynthesiserMessage } from './synthesiser-messages.ts';

/** The module that a synthesiser's thread runs: speaks one text at a time, in the order in which they come. */
if (parentPort === null) throw new Error('synthesiser-thread.ts runs in a worker thread only');
const port = parentPort;
const { program } = workerData as { readonly program: WebAssembly.Module };

port.on('message', (speech: Speech) => {
  try {
    const mulaw = speakWithFlite(program, speech);
    send({ type: 'spoken', mulaw }, [mulaw.buffer as ArrayBuffer]);
  } catch (error) {
    send({ type: 'failed', reason: messageOf(error) });
  }
});

// The first text of each voice takes twice as long as the second: nobody shall wait for that.
speakWithFlite(program, { text: 'Ready to speak.', voice: 'slt', rate: 1 });
send({ type: 'ready' });

function send(message: SynthesiserMessage, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}
