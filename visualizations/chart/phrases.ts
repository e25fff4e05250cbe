export { actionPhrase, guardPhrase, isTimerBookkeeping } from '../../statechart/phrases.ts';
