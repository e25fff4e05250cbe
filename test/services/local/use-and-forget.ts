/** Uses the local engines and closes nothing; an idle engine must not keep the process alive. */
import { synthesise } from '../../../services/text-to-speech/local/synthesise.ts';

process.stdout.write(String((await synthesise('Good evening.', 'kal')).length > 4000));
