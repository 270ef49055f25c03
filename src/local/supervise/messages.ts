import type { Socket } from 'node:net';
import { z } from 'zod';
import { EndpointsShape } from '../endpoints.ts';
import { ProcessIdentity } from './process-identity.ts';

/** How a service finds its supervisor: kept in the home, readable by the owner only. */
export const SupervisorRecord = z.strictObject({
  ...ProcessIdentity.shape,
  port: z.int(),
  token: z.string(),
});
export type SupervisorRecord = z.infer<typeof SupervisorRecord>;

/** What a service says, one JSON value a line; being connected after `attach` is what keeps the stack up. */
export const Request = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('attach'), token: z.string() }),
  z.strictObject({ ask: z.literal('stop'), token: z.string() }),
]);
export type Request = z.infer<typeof Request>;

export const Reply = z.discriminatedUnion('tell', [
  z.strictObject({ tell: z.literal('progress'), line: z.string() }),
  z.strictObject({ tell: z.literal('ready'), endpoints: EndpointsShape }),
  z.strictObject({ tell: z.literal('failed'), reason: z.string() }),
  z.strictObject({ tell: z.literal('stopping') }),
  z.strictObject({ tell: z.literal('inUse'), attached: z.int() }),
]);
export type Reply = z.infer<typeof Reply>;

export function send(socket: Socket, message: Request | Reply): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

/** Hands over each whole line that is a message; anything else ends the connection. */
export function onMessage<Shape extends z.ZodType>(
  socket: Socket,
  shape: Shape,
  take: (message: z.infer<Shape>) => void,
): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = parseLine(line, shape);
      if (message === undefined) socket.destroy();
      else take(message);
    }
  });
}

function parseLine<Shape extends z.ZodType>(line: string, shape: Shape): z.infer<Shape> | undefined {
  try {
    return shape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
