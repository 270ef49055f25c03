import { runUntilSignal, say, startService } from './run-service.ts';

export async function runServe({ roles }: { roles: string[] | undefined }): Promise<void> {
  const running = await startService({ roles });
  const { url } = running.service;
  say(url === null ? 'sharetrail works without a door' : `sharetrail answers at ${url} (API documentation: /docs)`);
  await runUntilSignal(running);
}
