export type StoreName = 'redis' | 'neo4j' | 'clickhouse';

export type StoreCommand = { file: string; args: string[]; cwd: string; env: Record<string, string> };

/** One of the three stores, as the supervisor sees it: how to start it and how to tell that it answers. */
export type Store = {
  name: StoreName;
  wantedPort: number;
  /** Writes its settings for this port; called before each start. */
  prepare(port: number): Promise<void>;
  command(port: number): StoreCommand;
  isHealthy(port: number): Promise<boolean>;
  stopTimeoutMs: number;
};
