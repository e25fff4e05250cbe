import { CALL_MODEL } from './call-views.ts';
import { describeWalked } from './walked.ts';

describeWalked(CALL_MODEL);
