// A service in miniature, run as a process of its own: attaches to the stack of the named home and stays.
import { attachStack } from '../../src/local/attach-stack.ts';

const home = process.argv[2];
if (home === undefined) throw new Error('name the home');
const { endpoints } = await attachStack({ home });
process.stdout.write(`${JSON.stringify(endpoints)}\n`);
setInterval(() => undefined, 1000);
