// A plugin of Stryker that runs Jest. It differs from Stryker's own plugin in five ways:
// - Only the files of the requested tests are loaded.
// - The tests of the same name as the changed file run first: "text.test.ts" for "text.ts".
// - Slow tests run only if no fast test has detected the change. Jest itself would run all of them.
// - When the time is over, all remaining changes end immediately with a message.
// - So do changes that are not in the sample.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';
import { isInSample } from './mutation-sample.mjs';

/** Duration from which a test is slow: the start-up time of Jest. */
const SLOW_MS = 300;

const [jest] = jestPlugins;
const { MUTATION_DEADLINE: deadline, MUTATION_NO_TIME: noTime, MUTATION_TESTS: testsFile } = process.env;

function createRunner(injector) {
  const runner = jest.factory(injector);
  const dryRun = runner.dryRun.bind(runner);
  const mutantRun = runner.mutantRun.bind(runner);
  let known;

  /** Writes the durations of the tests to a file, for the other processes of this program. */
  runner.dryRun = async (options) => {
    const result = await dryRun(options);
    const tests = (result.tests ?? []).map(({ id, fileName, timeSpentMs }) => ({
      id,
      fileName,
      timeSpentMs,
    }));
    writeFileSync(testsFile, JSON.stringify(tests));
    return result;
  };

  runner.mutantRun = async (options) => {
    const { activeMutant } = options;
    if (Date.now() > Number(deadline) || !isInSample(activeMutant.fileName, activeMutant, 0))
      return { status: 'error', errorMessage: noTime };
    known ??= JSON.parse(readFileSync(testsFile, 'utf8'));
    const requested = options.testFilter && new Set(options.testFilter);
    const tests = known.filter(({ id }) => !requested || requested.has(id));
    const ownTests = `${path.basename(activeMutant.fileName, '.ts')}.test.ts`;
    const rankOf = ({ fileName, timeSpentMs }) =>
      (path.basename(fileName) === ownTests ? 0 : 2) + (timeSpentMs > SLOW_MS ? 1 : 0);
    let nrOfTests = 0;
    for (const rank of [0, 1, 2, 3]) {
      const group = tests.filter((test) => rankOf(test) === rank);
      if (group.length === 0) continue;
      const result = await runTests(options, group);
      if (result.status !== 'survived') return result;
      nrOfTests += result.nrOfTests;
    }
    return { status: 'survived', nrOfTests };
  };

  /** Jest would load all test files, and then not find a test to run in most of them. */
  async function runTests(options, tests) {
    const { jestConfig } = runner;
    runner.jestConfig = { ...jestConfig, testMatch: [...new Set(tests.map(({ fileName }) => fileName))] };
    try {
      return await mutantRun({ ...options, testFilter: tests.map(({ id }) => id) });
    } finally {
      runner.jestConfig = jestConfig;
    }
  }
  return runner;
}
createRunner.inject = jest.factory.inject;

export { strykerValidationSchema } from '@stryker-mutator/jest-runner';
export const strykerPlugins = [{ ...jest, name: 'jest-fast-first', factory: createRunner }];
