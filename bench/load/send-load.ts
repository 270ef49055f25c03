// Sends events for a while, in a process of its own as clients are, and says at the end what was accepted.
import { setTimeout as sleep } from 'node:timers/promises';
import { drawBodies } from './body-templates.ts';
import { type LoadResult, loadPlan } from './load-plan.ts';
import { openPoster } from './post-body.ts';

const plan = loadPlan.parse(JSON.parse(process.argv[2] ?? ''));
const bodies = drawBodies(plan);
const poster = openPoster(plan.url, plan.lines);
console.log('sending');
const result: LoadResult = { accepted: 0, bodies: 0, shed: 0, repeated: 0, startedAtMs: Date.now(), endedAtMs: 0 };
const endsAtMs = result.startedAtMs + plan.seconds * 1000;
const mayGoOn = () => Date.now() < endsAtMs;

async function sendOnALine(): Promise<void> {
  while (mayGoOn()) {
    const number = result.bodies;
    result.bodies += 1;
    const dueAtMs = result.startedAtMs + number * plan.everyMs;
    if (dueAtMs >= endsAtMs) return;
    if (dueAtMs > Date.now()) await sleep(dueAtMs - Date.now());
    const posted = await poster.post(bodies.fill(number), mayGoOn);
    result.accepted += posted.held;
    result.shed += posted.shed;
    result.repeated += posted.repeated;
  }
}

await Promise.all(Array.from({ length: plan.lines }, sendOnALine));
result.endedAtMs = Date.now();
poster.close();
console.log(JSON.stringify(result));
