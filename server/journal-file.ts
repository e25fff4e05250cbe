import { access, constants, type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CALL_SID } from '../services/telephony/twilio/messages.ts';

export interface JournalFileOptions {
  /** Folder of the journals; made when it is missing. */
  readonly directory: string;
  readonly callSid: string;
  /** Told once when the disk fails; what is written afterwards is dropped, the call goes on. */
  readonly onError: (error: unknown) => void;
}

/** Where one call's journal goes. */
export interface JournalFile {
  /** Takes one line without its newline. Returns at once; never throws. */
  write(line: string): void;
  /** Resolves when everything is in the file, or the disk has failed. */
  close(): Promise<void>;
}

/**
 * Makes the folder of the journals, so that a disk that takes none is found out at the start and not call by call.
 *
 * @throws the system's error when it cannot be written
 */
export async function prepareJournals(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await access(directory, constants.W_OK);
}

/** Lines that may wait for a slow disk: minutes of a busy call. Beyond it the journal ends. */
const MAXIMUM_WAITING = 10_000;

/**
 * Opens `<directory>/<callSid>.jsonl` for one call, readable by its owner only, since it holds what people said.
 *
 * The file is made with the first line, so a call that never came to one leaves none. A stream that comes back for the same
 * call gets a file of its own: `<callSid>.2.jsonl` and so on.
 */
export function openJournalFile({ directory, callSid, onError }: JournalFileOptions): JournalFile {
  let waiting: string[] = [];
  let failed = false;
  const fail = (error: unknown): void => {
    if (failed) return;
    failed = true;
    waiting = [];
    onError(error);
  };
  let file: Promise<FileHandle> | undefined;
  let work: Promise<void> | undefined;

  /** Writes what waits, in one piece each time, until nothing waits. One at a time, so lines stay in order. */
  const drain = async (): Promise<void> => {
    try {
      file ??= create(directory, callSid);
      const handle = await file;
      while (waiting.length > 0) {
        const lines = waiting;
        waiting = [];
        await handle.appendFile(`${lines.join('\n')}\n`);
      }
    } catch (error) {
      fail(error);
    } finally {
      work = undefined;
    }
  };

  return {
    write(line) {
      if (failed) return;
      waiting.push(line);
      if (waiting.length > MAXIMUM_WAITING) fail(new Error(`the disk is ${MAXIMUM_WAITING} lines behind`));
      else work ??= drain();
    },
    async close() {
      try {
        await work;
        await (await file)?.close();
      } catch (error) {
        fail(error);
      }
    },
  };
}

async function create(directory: string, callSid: string): Promise<FileHandle> {
  if (!CALL_SID.test(callSid)) throw new Error('a journal is named after a call SID: CA and 32 hexadecimal digits');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await open(join(directory, `${callSid}${attempt === 1 ? '' : `.${attempt}`}.jsonl`), 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === 100) throw error;
    }
  }
}
