/* global afterAll */
import { takeCoverage } from 'node:v8';

// Writes what V8 has counted at the end of each file of tests: the processes that run them may be killed at their end.
afterAll(() => {
  takeCoverage();
});
