import { loadProfile } from '../../../agents/load-profile.ts';
import type { EngineContext } from '../../../server/engines.ts';
import { silentLogger } from '../../../server/logging.ts';
import { Metrics } from '../../../server/metrics.ts';
import { readSettings } from '../../../server/settings.ts';

/** What a server would give its engines. */
export const engineContext = (environment: NodeJS.ProcessEnv, agent = 'continental'): EngineContext => ({
  settings: readSettings(environment),
  profile: loadProfile(agent),
  logger: silentLogger(),
  metrics: new Metrics(() => 0),
});
