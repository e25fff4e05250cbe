export { candidatesOf, stateId, statesOf, transitionId, triggerOf } from '../../statechart/names.ts';
