// A worker as a process of its own, to be killed: it takes one job, says so, and never ends it.
import { openJobs } from '../../src/jobs/open-jobs.ts';
import { createLogger } from '../../src/observe/create-logger.ts';
import { noteJob } from './note-job.ts';

const [redisUrl = '', prefix = ''] = process.argv.slice(2);
const jobs = openJobs({ redisUrl, prefix, logger: createLogger({ level: 'silent' }) });
const handle = async (key: string): Promise<void> => {
  process.stdout.write(`${key}\n`);
  await new Promise(() => undefined);
};
jobs.work(noteJob, { handle }, { concurrency: 1 });
