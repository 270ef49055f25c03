import { runDoctor } from '../local/doctor.ts';

export async function printDiagnosis({ json = false }: { json?: boolean }): Promise<void> {
  const diagnosis = await runDoctor();
  if (json) console.log(JSON.stringify(diagnosis, null, 2));
  else {
    for (const { name, ok, detail } of diagnosis.checks)
      console.log(`${ok ? 'ok     ' : 'missing'} ${name}: ${detail}`);
    if (!diagnosis.ok && diagnosis.command !== undefined) console.log(`\nRun: ${diagnosis.command}`);
  }
  process.exitCode = diagnosis.ok ? 0 : 1;
}
