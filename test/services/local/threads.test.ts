import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/** Runs a script under tsx, as the server runs. @returns what it printed once it has ended by itself */
function run(script: string): Promise<{ stdout: string; stderr: string }> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return promisify(execFile)(process.execPath, ['--import', 'tsx', path], { timeout: 20_000 });
}

describe('local engines', () => {
  it('leave no thread, handle or timer behind once they are closed, and print no warning', async () => {
    const { stdout, stderr } = await run('./use-and-close.ts');
    const { before, after } = JSON.parse(stdout);
    expect(after).toEqual(before);
    expect(stderr).toBe('');
  });

  it('do not keep the process alive when they are idle', async () => {
    expect(await run('./use-and-forget.ts')).toEqual({ stdout: 'true', stderr: '' });
  });

  it('are stopped in good order while one of them fails', async () => {
    expect(await run('./stop-a-failing-thread.ts')).toEqual({ stdout: '["stopped"]', stderr: '' });
  });

  it('tell the callers of a thread that died, and replace it', async () => {
    const { stdout, stderr } = await run('./lose-a-thread.ts');
    expect(JSON.parse(stdout)).toEqual({
      failure: { code: 'unavailable', message: "the recogniser's thread died: the thread ended", retryable: true },
      text: 'when is breakfast',
      sessions: 1,
    });
    expect(stderr).toBe('');
  });
});
