import { type RoadServerMessage, startInThisProcess } from './road-server.ts';

/** The entry of a server's own process. Its argument is the environment, as JSON; when its parent lets go of it, it ends. */
const tell = (message: RoadServerMessage): void => {
  process.send?.(message);
};

const server = await startInThisProcess(JSON.parse(process.argv[2] ?? '{}'), (heard) => tell({ heard }));
process.once('disconnect', () => void server.stop());
tell({ url: server.url });
