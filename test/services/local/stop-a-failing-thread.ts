/** Stops a thread whose error is on its way already, and prints what became of it. */
import { startThread } from '../../../services/local/thread.ts';

const fails = new SharedArrayBuffer(4);
const said: string[] = [];
process.on('uncaughtException', ({ message }) => said.push(`uncaught: ${message}`));
process.on('exit', () => process.stdout.write(JSON.stringify(said)));

const thread = startThread<string, string>({
  entry: new URL('./failing-thread.ts', import.meta.url),
  data: { fails },
  onMessage: () => {
    thread.post('fail');
    Atomics.wait(new Int32Array(fails), 0, 0);
    // The error arrives while this thread is busy, so that it is on its way and not yet told.
    for (const start = performance.now(); performance.now() - start < 200; );
    void thread.stop().then(() => said.push('stopped'));
  },
  onLost: (reason) => said.push(`lost: ${reason}`),
});
