/** A WebSocket close code and the reason that goes with it, which begins with Deepgram's own code. */
export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/** Why `/v1/speak` closes a socket (developers.deepgram.com/docs/tts-websocket, "errors"). */
export const CLOSE_REASONS = {
  normal: { code: 1000, reason: '' },
  unsupported: { code: 1003, reason: 'MESSAGE-0000: The received message is not supported.' },
  notRecognised: { code: 1008, reason: 'DATA-0000: The command was not recognised.' },
  throughput: { code: 1008, reason: 'DATA-0001: The limit of characters per minute was exceeded.' },
  textTooLong: { code: 1009, reason: 'BIG-0001: The text is too long.' },
  internal: { code: 1011, reason: 'NET-0000: An internal error occurred.' },
  timeLimit: { code: 1011, reason: 'NET-0003: The time limit of the connection was reached.' },
} as const satisfies Record<string, CloseReason>;
