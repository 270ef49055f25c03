/** A difference up to this long is the network's, not a wrong clock's. */
const toleratedSkewMs = 60_000;

/**
 * The time an event happened by the server's clock. A client that says when it sent the event shows how far its own
 * clock is off; where that is over a minute, the event is moved by as much.
 */
export function correctClock(clientMs: number, sentAtMs: number | undefined, receivedAtMs: number): number {
  if (sentAtMs === undefined) return clientMs;
  const skewMs = receivedAtMs - sentAtMs;
  return Math.abs(skewMs) > toleratedSkewMs ? clientMs + skewMs : clientMs;
}
