type Deps = { log: { ping(): Promise<void> } };

export type IngestReadiness = { ready: true } | { ready: false; reason: string };

/** Events can be accepted exactly while the log answers: the stores behind it may be down. */
export async function checkReadiness({ log }: Deps): Promise<IngestReadiness> {
  try {
    await log.ping();
    return { ready: true };
  } catch (error) {
    return { ready: false, reason: error instanceof Error ? error.message : 'The log does not answer.' };
  }
}
