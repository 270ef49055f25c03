// In a checkout the thread's code is TypeScript; in a build it is started without this.
import { register } from 'tsx/esm/api';

register();
await import('./desk-thread.ts');
