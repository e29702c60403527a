import config from './jest.config.js';

/** Tests that take minutes, or need programs that are not available everywhere: `npm run test:long`. */
export default {
  ...config,
  testMatch: ['<rootDir>/test/long/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60 * 60 * 1000,
  maxWorkers: 2,
};
