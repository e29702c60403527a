import config from './jest.config.js';

/**
 * The tests that need no built program, no server and little time: `npm run test:fast`, less than half a minute on two
 * cores. Left out are those of effects and of dist/, those that try many inputs, and single ones that take seconds.
 */
export default {
  ...config,
  setupFilesAfterEnv: ['<rootDir>/test/support/short-properties.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(contract|e2e|fixtures|io|long|scripts|stores)/',
    '\\.(fuzz|linear|property)\\.test\\.ts$',
    '<rootDir>/test/(app/publish/(dangers|obstacles)|settings/config-bounds)\\.',
    '<rootDir>/test/archive/archive\\.',
    '<rootDir>/test/formats/jetbrains/(index/accepted-by-java|channel|compare/offer-table)\\.',
    '<rootDir>/test/report/hostile\\.',
    '<rootDir>/test/xml/skeleton\\.',
  ],
};
