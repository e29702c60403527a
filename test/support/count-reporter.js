import { writeSync } from 'node:fs';

/** Prints one plain line with the counts at the end of a test run, for scripts. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
    // Jest prints its own summary after all reporters.
    process.once('exit', () =>
      writeSync(1, `\n${results.numPassedTests} passed, ${failed} failed${skipped}\n`),
    );
  }
}
