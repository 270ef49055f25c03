import { createServer } from 'node:net';

const mostPortsTried = 200;

/** The wanted port, or the next one above it that nobody listens on and that may be had. */
export async function choosePort(wanted: number, mayHave: (port: number) => boolean = () => true): Promise<number> {
  for (let port = wanted; port < wanted + mostPortsTried && port < 65_536; port += 1) {
    if ((await isFree(port)) && mayHave(port)) return port;
  }
  throw new Error(`no free port from ${wanted} on`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
