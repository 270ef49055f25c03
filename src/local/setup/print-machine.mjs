// Printed for the doctor: what this machine has for the local stack, as JSON.
import { statfsSync } from 'node:fs';
import { findInPath, findPrograms } from './find-programs.mjs';
import { hasCurrentPackages } from './install-packages.mjs';
import { installCommand, missingPrograms } from './install-programs.mjs';

const missing = missingPrograms();
const disk = statfsSync(import.meta.dirname);

process.stdout.write(
  JSON.stringify({
    ...findPrograms(),
    maven: findInPath('mvn'),
    node: process.versions.node,
    glibc: process.report.getReport().header.glibcVersionRuntime,
    hasPackages: hasCurrentPackages(),
    freeDiskBytes: disk.bavail * disk.bsize,
    installCommand: missing.length > 0 ? installCommand(missing) : undefined,
  }),
);
