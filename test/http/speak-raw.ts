import { connect } from 'node:net';

export type RawAnswer = { status: number; headers: Map<string, string>; body: string; text: string };

/** Sends exact bytes over a socket and gives what came back until the server closed or `waitMs` passed. */
export function speakRaw(
  port: number,
  pieces: ReadonlyArray<string | Buffer>,
  options: { end?: boolean; waitMs?: number } = {},
) {
  return new Promise<RawAnswer>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(parseAnswer(Buffer.concat(chunks).toString()));
    };
    const timer = setTimeout(finish, options.waitMs ?? 3000);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', finish);
    socket.on('error', (fault) => (chunks.length > 0 ? finish() : reject(fault)));
    for (const piece of pieces) socket.write(piece);
    if (options.end === true) socket.end();
  });
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body, text };
}
