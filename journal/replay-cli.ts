import { colouredInk, PLAIN_PAPER, plainInk } from './print/ink.ts';
import { replayCommand } from './replay-command.ts';
import { keysOf } from './step-through.ts';

const { stdin, stdout, stderr, env } = process;

// A reader that has seen enough, such as `head`, is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await replayCommand(process.argv.slice(2), {
  paper: {
    // A terminal that does not know its width says 0.
    columns: stdout.columns || PLAIN_PAPER.columns,
    ink: stdout.isTTY && env.NO_COLOR === undefined ? colouredInk : plainInk,
  },
  print: (text) => stdout.write(`${text}\n`),
  complain: (text) => stderr.write(`${text}\n`),
  nextKey: stdin.isTTY && stdout.isTTY ? keysOf(stdin) : undefined,
});
