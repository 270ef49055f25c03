// Loaded before the service: its clock jumps by as many milliseconds as the named file says, whenever that changes.
import { readFileSync } from 'node:fs';

const path = process.env.SHIFT_CLOCK_FILE;
const realNow = Date.now;
const RealDate = Date;
let shiftMs = 0;

setInterval(() => {
  try {
    shiftMs = Number(readFileSync(path, 'utf8')) || 0;
  } catch {
    shiftMs = 0;
  }
}, 100).unref();

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(realNow() + shiftMs);
    else super(...parts);
  }

  static now() {
    return realNow() + shiftMs;
  }
};
