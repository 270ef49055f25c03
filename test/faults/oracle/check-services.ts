import type { FaultServices } from '../harness/fault-services.ts';
import type { KeptService } from '../harness/keep-service.ts';

const unhandled = /unhandled|uncaught|MaxListenersExceeded|ERR_UNHANDLED|FATAL ERROR/i;
const readyTimeoutMs = 20_000;
const mostResidentBytes = 900_000_000;
const mostOpenFiles = 400;

/** I13: no process met a rejection that nobody handled; each is ready, and within its usual memory and files. */
export async function checkServices(services: FaultServices): Promise<string[]> {
  const faults = services.all.flatMap(findUnhandled);
  for (const url of services.urls()) faults.push(...(await checkDoor(url)));
  return faults;
}

function findUnhandled(service: KeptService): string[] {
  const lines = service.output().split('\n');
  const found = lines.filter((line) => unhandled.test(line));
  return found.slice(0, 3).map((line) => `${service.name} said: ${line.slice(0, 500)}`);
}

async function checkDoor(url: string): Promise<string[]> {
  const deadlineMs = Date.now() + readyTimeoutMs;
  for (;;) {
    const status = await fetch(`${url}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) break;
    if (Date.now() > deadlineMs) return [`${url} is not ready: ${status}`];
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const text = await (await fetch(`${url}/metrics`)).text();
  const resident = readMetric(text, 'process_resident_memory_bytes');
  const files = readMetric(text, 'process_open_fds');
  return [
    ...(resident > mostResidentBytes ? [`${url} takes ${resident} bytes of memory`] : []),
    ...(files > mostOpenFiles ? [`${url} holds ${files} files open`] : []),
  ];
}

function readMetric(text: string, name: string): number {
  return Number(new RegExp(`${name}(?:\\{[^}]*\\})? ([0-9.e+]+)`).exec(text)?.[1] ?? 0);
}
