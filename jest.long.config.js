import config from './jest.config.js';

/** The tests that take minutes, or need programs that not every machine has: `npm run test:long`. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/long/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60 * 60 * 1000,
  maxWorkers: 2,
};
