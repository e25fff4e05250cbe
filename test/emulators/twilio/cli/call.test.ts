import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { startScriptedServer } from '../../../support/scripted-server.ts';

const node = promisify(execFile);
const call = (...argv: string[]) => node(process.execPath, ['--import', 'tsx', 'emulators/twilio/call.ts', ...argv]);

describe('the phone as a process', () => {
  it('calls, hears that nobody speaks, and leaves with 3', async () => {
    const server = await startScriptedServer({
      '/twilio/voice': '<Response><Pause length="60"/></Response>',
      '/twilio/status': '',
    });
    const leaving = call('--url', `${server.origin}/twilio/voice`, '--patience', '1');
    await expect(leaving).rejects.toMatchObject({
      code: 3,
      stdout: expect.stringContaining('caller hung up'),
      stderr: '',
    });
    await server.close();
  });
});
