import type { WebSocket } from 'ws';
import { type ClientMessage, type Configure, readClientMessage, reconfigure } from './client-message.ts';
import { type Hearing, type RecogniserHearing, stepsOf } from './hearing.ts';
import type { Latency } from './outbox.ts';
import type { ListenConfiguration, ListenParameters } from './parameters.ts';
import { RecogniserEar } from './recogniser-ear.ts';
import type { FaultStep, ScriptStep } from './script.ts';
import { Turn, type TurnState, type TurnStep } from './turn.ts';
import { type OnSent, Wire } from './wire.ts';

/** An `Update` comes with each 250 ms of audio, whether or not anything is new. */
const UPDATE_EVERY_MS = 250;
/** Which code follows a fatal `Error` or too long a silence is not documented. */
const INTERNAL_ERROR = 1011;
const UNPARSABLE = ['UNPARSABLE_CLIENT_MESSAGE', 'The message could not be parsed.'] as const;

export interface ConnectionOptions {
  /** UUID, the same in all messages of the connection. */
  readonly requestId: string;
  readonly parameters: ListenParameters;
  readonly hearing: Hearing;
  readonly latency: Latency;
  /** Whether the deployment knows `ForceEndTurn`. */
  readonly forceEndTurn: boolean;
  /** Without a frame or a ping for so long, the connection is closed (ms). */
  readonly idleTimeoutMs: number;
  /** Never says anything, not even `Connected`. */
  readonly hangs: boolean;
  /** Called whenever something came from the client. */
  onActivity(): void;
  readonly onSent: OnSent;
}

/** One session of a client with the emulated Flux. */
export class ListenConnection {
  readonly parameters: ListenParameters;
  /** Texts of the client, as they came. */
  readonly texts: string[] = [];
  /** Length of each binary frame of the client (bytes). */
  readonly frames: number[] = [];
  pings = 0;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #steps: readonly ScriptStep[];
  readonly #ear: RecogniserEar | undefined;
  readonly #wire: Wire;
  readonly #turn = new Turn();
  readonly #idle: NodeJS.Timeout;
  #configuration: ListenConfiguration;
  #bytes = 0;
  /** Where on the audio clock the server is; within a frame, where the step that is taken is due. */
  #nowMs = 0;
  #nextStep = 0;
  #nextUpdateMs = UPDATE_EVERY_MS;
  #lastEnd: object | undefined;

  constructor(socket: WebSocket, options: ConnectionOptions) {
    const { parameters, requestId, hearing, latency, idleTimeoutMs, hangs } = options;
    this.#socket = socket;
    this.#options = options;
    this.parameters = parameters;
    this.#configuration = parameters.configuration;
    this.#steps = stepsOf(hearing);
    this.#wire = new Wire(socket, requestId, latency, options.onSent);
    this.#idle = setTimeout(() => this.#wire.close(INTERNAL_ERROR), idleTimeoutMs);
    this.#ear = 'recogniser' in hearing ? this.#listenWith(hearing) : undefined;
    socket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    socket.on('ping', () => this.#ping());
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#closed());
    if (hangs) this.#wire.fallSilent();
    this.#wire.send({ type: 'Connected' });
  }

  /** Audio received so far (ms). */
  get heardMs(): number {
    return this.#bytes / this.parameters.bytesPerMs;
  }

  /** Whether both sides know that it is over. */
  get isClosed(): boolean {
    return this.#socket.readyState === this.#socket.CLOSED;
  }

  #listenWith({ recogniser, topic = '' }: RecogniserHearing): RecogniserEar {
    return new RecogniserEar({
      recogniser,
      topic,
      say: (step) => this.#say({ ...step, atMs: this.#nowMs }),
      onLost: () => this.#fatal('INTERNAL_SERVER_ERROR', 'The recogniser was lost.'),
    });
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#idle.refresh();
    if (isBinary) this.frames.push(data.length);
    else this.texts.push(data.toString());
    if (isBinary) this.#hear(data);
    else if (this.#wire.isTalking) this.#obey(readClientMessage(data.toString()));
    this.#options.onActivity();
  }

  #ping(): void {
    this.#idle.refresh();
    this.pings += 1;
    this.#options.onActivity();
  }

  #closed(): void {
    clearTimeout(this.#idle);
    this.#ear?.close();
    this.#options.onActivity();
  }

  /** All that is due by the end of this audio happens now, in the order of the audio's clock. */
  #hear(audio: Buffer): void {
    if (this.#wire.isOver) return;
    this.#bytes += audio.length;
    this.#ear?.write(audio);
    while (!this.#wire.isOver) {
      const step = this.#steps[this.#nextStep];
      const dueMs = Math.min(step?.atMs ?? Number.POSITIVE_INFINITY, this.#nextUpdateMs);
      if (dueMs > this.heardMs) break;
      this.#nowMs = dueMs;
      if (step?.atMs === dueMs) this.#take(step);
      else this.#update();
    }
    this.#nowMs = this.heardMs;
  }

  #take(step: ScriptStep): void {
    this.#nextStep += 1;
    if ('fault' in step) this.#fail(step);
    else this.#say(step);
  }

  #update(): void {
    this.#nextUpdateMs += UPDATE_EVERY_MS;
    this.#inform('Update', this.#turn.unchanged());
  }

  /** Guesses are for clients who asked for them; for all others a turn just goes on. */
  #say(step: TurnStep): void {
    const guesses = this.#configuration.thresholds.eager_eot_threshold !== undefined;
    if (step.event === 'EagerEndOfTurn' && !guesses) return;
    if (step.event === 'TurnResumed' && this.#turn.phase !== 'eager') {
      if (step.text !== undefined) this.#say({ atMs: step.atMs, event: 'Update', text: step.text });
      return;
    }
    // Once a client has forced the end of a turn, the rest of that turn is not said.
    if (this.#turn.problemWith(step) === undefined) this.#tell(step);
  }

  #tell(step: TurnStep): void {
    this.#inform(
      step.event,
      this.#turn.apply(step),
      step.event === 'EndOfTurn' ? (step.trigger ?? 'model') : undefined,
    );
  }

  #inform(event: TurnStep['event'], state: TurnState, trigger?: string): void {
    const window = { audio_window_start: 0, audio_window_end: this.#nowMs / 1000 };
    const message = { type: 'TurnInfo', event, ...state, ...window, ...(trigger !== undefined && { trigger }) };
    if (event === 'EndOfTurn') this.#lastEnd = message;
    this.#wire.send(message);
  }

  #obey(message: ClientMessage | undefined): void {
    switch (message?.type) {
      case undefined:
        this.#fatal(...UNPARSABLE);
        break;
      case 'CloseStream':
        this.#inform('Update', this.#turn.unchanged());
        this.#wire.close();
        break;
      case 'ForceEndTurn':
        this.#forceEndTurn();
        break;
      case 'Configure':
        this.#configure(message);
        break;
    }
  }

  #forceEndTurn(): void {
    if (!this.#options.forceEndTurn) this.#fatal(...UNPARSABLE);
    else if (this.#turn.phase === 'waiting')
      this.#wire.send({ type: 'Warning', code: 'FORCE_END_TURN_NO_ACTIVE_TURN', description: 'No turn is active.' });
    else this.#inform('EndOfTurn', this.#turn.apply({ atMs: this.#nowMs, event: 'EndOfTurn' }), 'manual');
  }

  #configure(message: Configure): void {
    const changed = reconfigure(this.parameters.model, this.#configuration, message);
    if ('refused' in changed) {
      this.#wire.send({ type: 'ConfigureFailure', code: 'INVALID_PARAMETER', description: changed.refused });
    } else {
      this.#configuration = changed;
      const { language_hints, ...rest } = changed;
      this.#wire.send({ type: 'ConfigureSuccess', ...rest, ...(language_hints.length > 0 && { language_hints }) });
    }
  }

  #fail(step: FaultStep): void {
    switch (step.fault) {
      case 'drop':
        this.#wire.drop();
        break;
      case 'stall':
        this.#wire.fallSilent();
        break;
      case 'garbage':
        this.#wire.write('{"type":"TurnInfo","event":');
        break;
      case 'duplicate':
        this.#wire.repeat();
        break;
      case 'late':
        if (this.#lastEnd) this.#wire.send(this.#lastEnd);
        break;
      case 'close':
        this.#wire.close(step.code);
        break;
      case 'error':
        this.#fatal(step.code ?? 'INTERNAL_SERVER_ERROR', step.description ?? 'Something went wrong.');
        break;
      case 'message':
        this.#wire.send(step.message);
        break;
    }
  }

  #fatal(code: string, description: string): void {
    this.#wire.sendError(code, description);
    this.#wire.close(INTERNAL_ERROR);
  }
}
