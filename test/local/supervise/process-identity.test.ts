import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  identifyProcess,
  identifySelf,
  isAlive,
  signalProcess,
} from '../../../src/local/supervise/process-identity.ts';

describe('the identity of a process', () => {
  test('is the same at every look, and another for another start time', () => {
    expect(identifyProcess(process.pid)).toEqual(identifySelf());
    expect(isAlive(identifySelf())).toBe(true);
    expect(isAlive({ ...identifySelf(), start: 'earlier' })).toBe(false);
  });

  test('never lets a signal reach the one that got the process id later', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const identity = identifyProcess(child.pid ?? 0);
    if (identity === undefined) throw new Error('the child did not start');
    expect(signalProcess({ ...identity, start: 'earlier' }, 'SIGKILL')).toBe(false);
    expect(isAlive(identity)).toBe(true);
    expect(signalProcess(identity, 'SIGKILL')).toBe(true);
    await once(child, 'exit');
    expect(isAlive(identity)).toBe(false);
  });
});
