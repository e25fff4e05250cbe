import type { Response } from 'express';

/** An error as OpenAI answers it. Texts as users have met them; an SDK makes its error classes from the status. */
export interface ApiError {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const KEYS_PAGE = 'https://platform.openai.com/account/api-keys';

export const MISSING_KEY: ApiError = {
  status: 401,
  message: `You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from ${KEYS_PAGE}.`,
  type: 'invalid_request_error',
  param: null,
  code: null,
};

/** @param key as it came; all but its ends is starred, as the vendor does */
export function wrongKey(key: string): ApiError {
  const shown = key.length > 12 ? `${key.slice(0, 7)}${'*'.repeat(key.length - 11)}${key.slice(-4)}` : '********';
  return {
    status: 401,
    message: `Incorrect API key provided: ${shown}. You can find your API key at ${KEYS_PAGE}.`,
    type: 'invalid_request_error',
    param: null,
    code: 'invalid_api_key',
  };
}

export function unknownModel(model: string): ApiError {
  return {
    status: 404,
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    param: null,
    code: 'model_not_found',
  };
}

export function badRequest(message: string, param: string | null, code: string | null = null): ApiError {
  return { status: 400, message, type: 'invalid_request_error', param, code };
}

export function unknownUrl(method: string, path: string): ApiError {
  return { ...badRequest(`Invalid URL (${method} ${path})`, null), status: 404 };
}

/** @param retryAfterSeconds when a retry may help */
export function rateLimited(retryAfterSeconds: number): ApiError {
  return {
    status: 429,
    message: `Rate limit reached for requests. Please try again in ${retryAfterSeconds}s.`,
    type: 'requests',
    param: null,
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}

export const NO_QUOTA: ApiError = {
  status: 429,
  message: 'You exceeded your current quota, please check your plan and billing details.',
  type: 'insufficient_quota',
  param: null,
  code: 'insufficient_quota',
  headers: { 'x-should-retry': 'false' },
};

export const SERVER_ERROR: ApiError = {
  status: 500,
  message: 'The server had an error while processing your request. Sorry about that!',
  type: 'server_error',
  param: null,
  code: null,
};

/** The body of an error; also the data of the event by which a stream breaks off. */
export function errorBody({ message, type, param, code }: ApiError): {
  readonly error: Omit<ApiError, 'status' | 'headers'>;
} {
  return { error: { message, type, param, code } };
}

export function sendError(response: Response, error: ApiError): void {
  response
    .status(error.status)
    .set(error.headers ?? {})
    .json(errorBody(error));
}
