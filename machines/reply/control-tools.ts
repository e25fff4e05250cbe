/**
 * Tools that a model calls to end its part of the conversation. The `reply` chart turns them into what happens next; they
 * are never run and never enter the history.
 */
export const CONTROL_TOOLS = { endCall: 'end_call', transferToHuman: 'transfer_to_human' } as const;
