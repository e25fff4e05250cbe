import { type Credential, credentialsOf } from './credentials.ts';
import type { Logger } from './logging.ts';
import { type Settings, SettingsError } from './settings.ts';

/** How long a vendor may take to say whether a key is good (ms). All are asked at once. */
const PATIENCE_MS = 3000;

/** What a vendor said about a key. `unknown`: it could not be asked, or answered something else. */
type Verdict = { readonly is: 'good' } | { readonly is: 'refused' | 'unknown'; readonly detail: string };

/**
 * Asks each vendor in use, once, whether the key is good: at the start, because a caller would be the first to notice.
 * A vendor that cannot be asked is a warning, since it may be back before anybody calls. No key is ever shown.
 *
 * @param patienceMs default 3000
 * @throws SettingsError that names every refused key and its remedy, unless `CHECK_KEYS` says otherwise
 */
export async function checkKeys(settings: Settings, logger: Logger, patienceMs = PATIENCE_MS): Promise<void> {
  if (settings.CHECK_KEYS === 'off') return;
  const refused: string[] = [];
  const ask = async (credential: Credential): Promise<void> => {
    const { vendor, variables, remedy } = credential;
    const verdict = await verdictOn(credential, patienceMs);
    if (verdict.is === 'unknown')
      logger.warn(`${vendor} did not say whether ${variables} is good (${verdict.detail}); starting all the same`);
    if (verdict.is === 'refused') refused.push(`${variables}: ${vendor} refuses it (${verdict.detail}); ${remedy}`);
  };
  await Promise.all(credentialsOf(settings).map(ask));
  if (refused.length === 0) return;
  if (settings.CHECK_KEYS === 'refuse')
    throw new SettingsError([...refused.toSorted(), 'CHECK_KEYS=warn starts all the same.']);
  for (const problem of refused) logger.warn(problem);
}

async function verdictOn({ url, authorization }: Credential, patienceMs: number): Promise<Verdict> {
  try {
    const response = await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(patienceMs) });
    await response.body?.cancel();
    const detail = `HTTP ${response.status}`;
    if (response.status === 401 || response.status === 403) return { is: 'refused', detail };
    return response.ok ? { is: 'good' } : { is: 'unknown', detail };
  } catch (error) {
    return { is: 'unknown', detail: wordOf(error) };
  }
}

/** Why a request was not answered: Node's code for it, wherever in the chain of causes it is. */
function wordOf(error: unknown): string {
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: unknown };
  if (name === 'TimeoutError') return 'no answer in time';
  if (typeof code === 'string') return code;
  return cause === undefined ? 'no connection' : wordOf(cause);
}
