// A thread does not inherit the loader that `--import tsx` sets up.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
