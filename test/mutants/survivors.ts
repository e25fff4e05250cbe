/**
 * Mutants that no test can kill, each with the reason why: nothing that a caller, a child or the journal could notice is
 * different. A reason is wrong as soon as a test does kill the mutant; the run says so.
 */
export const SURVIVORS: Readonly<Record<string, string>> = {};
