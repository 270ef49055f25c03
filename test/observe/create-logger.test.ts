import { createLogger } from '../../src/observe/create-logger.ts';

function record() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  return { logger, lines, last: (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') };
}

test('a line is one JSON object with a time, a level and nothing of the machine', () => {
  const { logger, last } = record();
  logger.info({ step: 'start' }, 'ready');
  expect(last()).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    step: 'start',
    msg: 'ready',
  });
});

test.each([
  'password',
  'neo4jPassword',
  'authorization',
  'Set-Cookie',
  'cookie',
  'token',
  'accessToken',
  'api_key',
  'clientSecret',
])('%s is hidden, at any depth', (key) => {
  const { logger, lines } = record();
  logger.info({ [key]: 'hush', request: { headers: [{ [key]: 'hush' }] } }, 'x');
  logger.error({ err: Object.assign(new Error('x', { cause: { [key]: 'hush' } }), { [key]: 'hush' }) }, 'x');
  expect(lines.join()).not.toContain('hush');
  expect(lines.join()).toContain('[redacted]');
});

test('a password inside an address is hidden, also in an error', () => {
  const { logger, lines } = record();
  logger.error({ url: 'redis://:hush@localhost:6379', err: new Error('bolt://neo4j:hush@localhost failed') }, 'x');
  expect(lines.join()).not.toContain('hush');
  expect(lines.join()).toContain('bolt://neo4j:[redacted]@localhost');
});

test('words that only look like secrets stay', () => {
  const { logger, last } = record();
  logger.info({ tokenized: 1, broken: 2, projector: 'graph', postId: 'password' }, 'x');
  expect(last()).toMatchObject({ tokenized: 1, broken: 2, projector: 'graph', postId: 'password' });
});

test('nothing that is logged can forge a line or colour a terminal', () => {
  const { logger, lines } = record();
  logger.info({ path: '/a\r\n{"level":"fatal"}\u001b[31m' }, 'one\ntwo');
  expect(lines).toHaveLength(1);
  expect(lines.join().slice(0, -1)).not.toMatch(/\p{Cc}/u);
});

test('an error keeps its type, message, stack and cause; a ring ends', () => {
  const { logger, last } = record();
  const ring: Record<string, unknown> = { name: 'ring' };
  ring['self'] = ring;
  logger.error({ err: new TypeError('outer', { cause: new Error('inner') }), ring }, 'x');
  expect(last()).toMatchObject({
    err: { type: 'TypeError', message: 'outer', stack: expect.any(String), cause: { message: 'inner' } },
  });
});

test('a child keeps its bindings', () => {
  const { logger, last } = record();
  logger.child({ projector: 'facts' }).warn({ items: 3 }, 'slow');
  expect(last()).toMatchObject({ level: 'warn', projector: 'facts', items: 3 });
});
