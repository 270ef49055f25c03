const { readFileSync, writeFileSync } = require('node:fs');

const openHandleGraceMs = 30_000;

/**
 * Prints `N passed, N failed` as the last line of a run, or leaves the two numbers to the set-up that started Jest and
 * has more to count. A run that is kept alive by something a test left open has failed, and is ended.
 */
module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    const counts = { passed: results.numPassedTests, failed: countFailures(results) };
    process.once('exit', () => close(counts));
    // Does not itself keep the process alive: it fires only where something else does.
    setTimeout(() => {
      const kept = process.getActiveResourcesInfo().filter((name) => name !== 'TTYWrap' && name !== 'PipeWrap');
      process.stderr.write(
        `open handles kept the run alive: ${kept.join(', ')}; jest --detectOpenHandles names them\n`,
      );
      counts.failed += 1;
      process.exit(1);
    }, openHandleGraceMs).unref();
  }
};

/** A file that could not even be loaded has no failed test of its own; a skipped test is not a passed one. */
function countFailures(results) {
  const skipped = results.numPendingTests + results.numTodoTests;
  const none = results.numTotalTests === 0 ? 1 : 0;
  return results.numFailedTests + results.numRuntimeErrorTestSuites + skipped + none;
}

function close(counts) {
  for (const line of readNotRun()) process.stdout.write(`${line}\n`);
  const resultPath = process.env.SHARETRAIL_TEST_RESULT;
  if (resultPath) writeFileSync(resultPath, JSON.stringify(counts));
  else process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
}

function readNotRun() {
  try {
    const lines = readFileSync(process.env.SHARETRAIL_NOT_RUN ?? '', 'utf8').split('\n');
    return [...new Set(lines.filter((line) => line !== ''))];
  } catch {
    return [];
  }
}
