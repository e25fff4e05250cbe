/** Uses the local engines, closes them, and prints what the process held before and after; then it must end by itself. */
import { createRecogniserPool } from '../../../services/speech-to-text/local/recogniser-pool.ts';
import { createLocalSpeechToText } from '../../../services/speech-to-text/local/speech-to-text.ts';
import { createSynthesiserPool } from '../../../services/text-to-speech/local/synthesiser-pool.ts';

const before = process.getActiveResourcesInfo();

const synthesisers = createSynthesiserPool({ threads: 2 });
await synthesisers.ready();
await synthesisers.speak({ text: 'Good evening.', voice: 'kal', rate: 1 });
await synthesisers.close();

const recognisers = createRecogniserPool({ threads: 2 });
const speechToText = createLocalSpeechToText({ pool: recognisers, grammars: { opening: '<utterance> = yes | no;' } });
await recognisers.ready();
const signal = new AbortController().signal;
const ear = { on: () => undefined, onLost: () => undefined };
const session = await speechToText.open({ signal, topic: 'opening', ...ear });
session.write(new Uint8Array(8000).fill(0xff));
await recognisers.close();

process.stdout.write(JSON.stringify({ before, after: process.getActiveResourcesInfo() }));
