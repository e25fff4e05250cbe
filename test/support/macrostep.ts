export { type Effect, type Macrostep, type Microstep, macrostep, type SnapshotOf } from '../../statechart/macrostep.ts';
