import type { Request, Response } from 'express';
import { MISSING_KEY, sendError, wrongKey } from './errors.ts';

/**
 * Checks the bearer key; answers 401 itself when there is none, or the wrong one.
 *
 * @param expected undefined accepts any key
 */
export function isAuthenticated(request: Request, response: Response, expected: string | undefined): boolean {
  const key = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1];
  if (key !== undefined && (expected === undefined || key === expected)) return true;
  sendError(response, key === undefined ? MISSING_KEY : wrongKey(key));
  return false;
}
