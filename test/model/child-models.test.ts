import { expect, it } from '@jest/globals';
import { MACHINES } from '../../visualizations/chart/charts.ts';
import { RECOGNISER_MODEL } from './recogniser-views.ts';
import { REPLY_MODEL } from './reply-views.ts';
import { TRANSFER_MODEL } from './transfer-views.ts';
import { MODELS } from './views.ts';
import { describeWalked } from './walked.ts';

for (const model of [REPLY_MODEL, RECOGNISER_MODEL, TRANSFER_MODEL]) describeWalked(model);

it('every chart of the product is walked', () => {
  expect(MODELS.map(({ machine }) => machine)).toEqual(MACHINES);
});
