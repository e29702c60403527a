/* global afterAll */
import { takeCoverage } from 'node:v8';

// Writes V8's counts after each test file, because the processes that run the tests may be killed at their end.
afterAll(() => {
  takeCoverage();
});
