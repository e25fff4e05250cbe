import { CALL_MODEL } from './call-views.ts';
import type { ChartModel } from './chart-model.ts';
import { RECOGNISER_MODEL } from './recogniser-views.ts';
import { REPLY_MODEL } from './reply-views.ts';
import { TRANSFER_MODEL } from './transfer-views.ts';

/** Every chart of the product as its tests see it: jest, `npm run test:paths`, the wire and the report share these. */
export const MODELS: readonly ChartModel[] = [CALL_MODEL, REPLY_MODEL, RECOGNISER_MODEL, TRANSFER_MODEL];
