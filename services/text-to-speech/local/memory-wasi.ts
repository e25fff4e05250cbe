import { MemoryFile } from './memory-file.ts';

/*
 * The numbers of `wasi_snapshot_preview1`: error codes, file types, descriptors.
 */
const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;

const CHARACTER_DEVICE = 2;
const FOLDER_TYPE = 3;
const REGULAR_FILE = 4;
const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn;

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;
/** The one folder that a program finds open when it starts, named `/`. */
const FOLDER = 3;
const OUTPUT_FILE = 4;

/** What a program left behind. */
export interface ProgramResult {
  readonly exitCode: number;
  /** Everything it wrote to the one file that it opened. */
  readonly output: Uint8Array;
  /** What it wrote to standard output and standard error. */
  readonly messages: string;
}

/** Thrown through the program's stack by `proc_exit`, which must not return. */
class ProgramExit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a WASI command to its end, synchronously, in memory of its own. It gets as much of WASI preview 1 as a program
 * needs that reads its arguments and writes one file: whatever path under `/` it opens is that file. It finds no other
 * file, no environment and no input, and time stands still.
 *
 * `node:wasi` is not used on purpose: the garbage collection of its objects can abort the whole process under Node 20
 * (`~WASI` → `uv_mutex_destroy` of a busy mutex), and every result would have to travel over a disk.
 *
 * @throws WebAssembly.RuntimeError when the program traps
 */
export function runProgram(program: WebAssembly.Module, argv: readonly string[]): ProgramResult {
  const host = new MemoryWasi(argv);
  const instance = new WebAssembly.Instance(program, { wasi_snapshot_preview1: host.calls });
  const { memory, _start: start } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory) || typeof start !== 'function') {
    throw new TypeError('expected a WASI command, which exports `memory` and `_start`');
  }
  host.memory = memory;
  let exitCode = 0;
  try {
    start();
  } catch (error) {
    if (!(error instanceof ProgramExit)) throw error;
    exitCode = error.exitCode;
  }
  return { exitCode, output: host.output.content(), messages: new TextDecoder().decode(host.messages.content()) };
}

/** The calls that a program makes. Pointers are byte addresses in its memory; structures are little-endian. */
class MemoryWasi {
  readonly output = new MemoryFile();
  readonly messages = new MemoryFile();
  memory: WebAssembly.Memory | undefined;
  readonly #argv: readonly Uint8Array[];

  constructor(argv: readonly string[]) {
    this.#argv = argv.map((argument) => new TextEncoder().encode(`${argument}\0`));
  }

  readonly calls = {
    args_sizes_get: (countAt: number, bytesAt: number): number => {
      this.#view.setUint32(countAt, this.#argv.length, true);
      this.#view.setUint32(
        bytesAt,
        this.#argv.reduce((total, argument) => total + argument.length, 0),
        true,
      );
      return SUCCESS;
    },
    args_get: (pointersAt: number, bytesAt: number): number => {
      let at = bytesAt;
      for (const [index, argument] of this.#argv.entries()) {
        this.#view.setUint32(pointersAt + 4 * index, at, true);
        this.#bytes.set(argument, at);
        at += argument.length;
      }
      return SUCCESS;
    },
    clock_time_get: (_clock: number, _precision: bigint, timeAt: number): number => {
      this.#view.setBigUint64(timeAt, 0n, true);
      return SUCCESS;
    },
    /** fdstat: type (u8), flags (u16 at 2), rights (u64 at 8), inheriting rights (u64 at 16). */
    fd_fdstat_get: (descriptor: number, statAt: number): number => {
      const type = descriptor === FOLDER ? FOLDER_TYPE : descriptor === OUTPUT_FILE ? REGULAR_FILE : CHARACTER_DEVICE;
      this.#view.setUint8(statAt, type);
      this.#view.setUint16(statAt + 2, 0, true);
      this.#view.setBigUint64(statAt + 8, ALL_RIGHTS, true);
      this.#view.setBigUint64(statAt + 16, ALL_RIGHTS, true);
      return SUCCESS;
    },
    fd_fdstat_set_flags: (): number => SUCCESS,
    /** prestat: 0 for a folder (u8), length of its name (u32 at 4). */
    fd_prestat_get: (descriptor: number, prestatAt: number): number => {
      if (descriptor !== FOLDER) return BAD_DESCRIPTOR;
      this.#view.setUint8(prestatAt, 0);
      this.#view.setUint32(prestatAt + 4, 1, true);
      return SUCCESS;
    },
    fd_prestat_dir_name: (_descriptor: number, nameAt: number): number => {
      this.#bytes.set(new TextEncoder().encode('/'), nameAt);
      return SUCCESS;
    },
    path_open: (
      _folder: number,
      _lookupFlags: number,
      _pathAt: number,
      _pathLength: number,
      _openFlags: number,
      _rights: bigint,
      _inheritingRights: bigint,
      _flags: number,
      descriptorAt: number,
    ): number => {
      this.#view.setUint32(descriptorAt, OUTPUT_FILE, true);
      return SUCCESS;
    },
    /** Nothing can be read: every read meets the end. */
    fd_read: (_descriptor: number, _vectorsAt: number, _vectors: number, readAt: number): number => {
      this.#view.setUint32(readAt, 0, true);
      return SUCCESS;
    },
    /** Each vector: address (u32), length (u32). */
    fd_write: (descriptor: number, vectorsAt: number, vectors: number, writtenAt: number): number => {
      const file = this.#fileOf(descriptor);
      if (file === undefined) return BAD_DESCRIPTOR;
      let written = 0;
      for (let at = vectorsAt; at < vectorsAt + 8 * vectors; at += 8) {
        const address = this.#view.getUint32(at, true);
        const length = this.#view.getUint32(at + 4, true);
        file.write(this.#bytes.subarray(address, address + length));
        written += length;
      }
      this.#view.setUint32(writtenAt, written, true);
      return SUCCESS;
    },
    fd_seek: (descriptor: number, offset: bigint, whence: number, positionAt: number): number => {
      if (descriptor !== OUTPUT_FILE) return BAD_DESCRIPTOR;
      this.#view.setBigUint64(positionAt, BigInt(this.output.seek(Number(offset), whence)), true);
      return SUCCESS;
    },
    fd_close: (): number => SUCCESS,
    proc_exit: (exitCode: number): never => {
      throw new ProgramExit(exitCode);
    },
  };

  #fileOf(descriptor: number): MemoryFile | undefined {
    if (descriptor === OUTPUT_FILE) return this.output;
    return descriptor === STANDARD_OUTPUT || descriptor === STANDARD_ERROR ? this.messages : undefined;
  }

  /** Made anew for each use: the memory moves when it grows. */
  get #bytes(): Uint8Array {
    return new Uint8Array(this.#buffer);
  }

  get #view(): DataView {
    return new DataView(this.#buffer);
  }

  get #buffer(): ArrayBuffer {
    if (this.memory === undefined) throw new Error('the program called its host before it was started');
    return this.memory.buffer;
  }
}
