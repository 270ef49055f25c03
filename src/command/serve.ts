import { runUntilSignal, say, startService } from './run-service.ts';

export async function runServe({ roles }: { roles: string[] | undefined }): Promise<void> {
  const running = await startService({ roles });
  if (running.service.url !== null) say(`sharetrail answers at ${running.service.url} (API documentation: /docs)`);
  await runUntilSignal(running);
}
