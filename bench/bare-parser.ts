// The baseline of the accept benchmark: a handler that parses the same bodies and does nothing else with them.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const events = typeof parsed === 'object' && parsed !== null && 'events' in parsed ? parsed.events : [];
    const answer = JSON.stringify({ accepted: Array.isArray(events) ? events.length : 0 });
    response.writeHead(202, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') console.log(`http://127.0.0.1:${address.port}/v1/events`);
});
process.once('SIGTERM', () => process.exit(0));
