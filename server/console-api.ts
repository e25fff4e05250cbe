import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import express, { Router } from 'express';
import type { CallRegistry } from './call-registry.ts';
import type { CallSession } from './call-session.ts';
import { HttpError } from './http-error.ts';
import type { Logger } from './logging.ts';
import { operatorEvent } from './operator-command.ts';
import { isLoopback, type Settings } from './settings.ts';

/**
 * What people who run the system may ask and do: `GET /api/calls`, `GET /api/calls/:callSid`,
 * `POST /api/calls/:callSid/operator`.
 */
export function consoleApi(settings: Settings, calls: CallRegistry, logger: Logger): Router {
  const router = Router();
  router.use((request, _response, next) => {
    if (mayOperate(settings, request)) return next();
    if (settings.ADMIN_TOKEN === undefined)
      throw new HttpError(
        404,
        'the console API is off',
        'Set ADMIN_TOKEN, or ask from this machine while the server listens on loopback and has no PUBLIC_URL.',
      );
    throw new HttpError(
      401,
      'the console API needs a token',
      'Send “Authorization: Bearer” with the value of ADMIN_TOKEN.',
    );
  });
  router.get('/calls', (_request, response) => {
    response.json({ calls: calls.list().map((call) => call.state()) });
  });
  const liveCall = (callSid: string): CallSession => {
    const call = calls.get(callSid);
    if (call) return call;
    throw new HttpError(404, 'no such call is live', 'GET /api/calls lists the live calls; past calls are in LOG_DIR.');
  };
  router.get('/calls/:callSid', (request, response) => {
    response.json(liveCall(request.params.callSid).state());
  });
  // JSON only: a page in the operator's browser cannot send that to another origin unasked.
  router.post('/calls/:callSid/operator', express.json({ limit: '8kb' }), (request, response) => {
    const call = liveCall(request.params.callSid);
    const event = operatorEvent(request.body);
    call.send(event);
    logger.info('an operator acted', { callSid: call.callSid, action: event.type });
    response.status(202).json(call.state());
  });
  return router;
}

/**
 * Whether a request may see and steer calls: with `ADMIN_TOKEN` as its bearer. Without a token configured only this very
 * machine may, and only while the server listens on loopback and has no public URL; a request that came through a proxy or
 * tunnel, or names another host (a page in the operator's browser, by DNS rebinding), did not come from here. A proxy on
 * this machine need not say so (nginx by default adds no header and rewrites the host), so a public URL closes the door.
 */
export function mayOperate(settings: Settings, request: IncomingMessage): boolean {
  const { ADMIN_TOKEN: token, PUBLIC_URL: publicUrl, host } = settings;
  if (token !== undefined) return sameSecret(request.headers.authorization ?? '', `Bearer ${token}`);
  if (publicUrl !== undefined || !isLoopback(host)) return false;
  const { 'x-forwarded-for': forwardedFor, forwarded, host: named = '' } = request.headers;
  const remote = request.socket.remoteAddress?.replace('::ffff:', '') ?? '';
  const asked = named.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return isLoopback(remote) && isLoopback(asked) && !forwardedFor && !forwarded;
}

/** In constant time, whatever the lengths. */
function sameSecret(received: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(received), digest(expected));
}
