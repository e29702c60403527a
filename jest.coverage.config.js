import config from './jest.config.js';

/** All tests on a build that is not bundled, for `npm run coverage`. */
export default {
  ...config,
  setupFilesAfterEnv: ['<rootDir>/test/support/take-coverage.js'],
  moduleNameMapper: {
    '^(?:\\.\\./)+src/(.*)$': '<rootDir>/build/coverage/js/$1',
    ...config.moduleNameMapper,
  },
  // Programs that are not bundled and are counted take longer to start.
  testTimeout: 3 * config.testTimeout,
};
