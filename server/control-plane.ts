import express, { type Express } from 'express';
import { consoleApi } from './console-api.ts';
import { errorResponses, unknownRoute } from './http-error.ts';
import { twilioWebhooks, type WebhookOptions } from './twilio-webhooks.ts';

/** Everything that speaks HTTP. Live calls do not need it: nothing of the media plane waits for it. */
export function controlPlane(options: WebhookOptions): Express {
  const { settings, calls, metrics, logger } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use('/twilio', twilioWebhooks(options));
  app.get('/health', (_request, response) => {
    response.json({ healthy: true });
  });
  app.get('/ready', (_request, response) => {
    const { admission } = calls;
    response
      .status(admission === 'open' ? 200 : 503)
      .json({ ready: admission === 'open', admission, live: calls.live });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.exposition());
  });
  app.use('/api', consoleApi(settings, calls, logger));
  app.use(unknownRoute);
  app.use(errorResponses(logger));
  return app;
}
