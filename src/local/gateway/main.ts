// The ClickHouse gateway as a process of its own: the engine takes much memory and could take the process down with it,
// so nothing else lives here.
import { openGateway } from './open-gateway.ts';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

const gateway = await openGateway({
  host: required('GATEWAY_HOST'),
  port: Number(required('GATEWAY_PORT')),
  dataFolder: required('GATEWAY_DATA'),
  password: required('GATEWAY_PASSWORD'),
  analystPassword: required('GATEWAY_ANALYST_PASSWORD'),
});
process.stdout.write(`ClickHouse gateway on ${gateway.url}\n`);

// A native thread that cannot be stopped would keep the process for ever.
const patienceMs = 5_700;

let closing = false;
function stop(): void {
  if (closing) return;
  closing = true;
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), patienceMs).unref();
  void gateway.close().then(() => process.exit(0));
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
