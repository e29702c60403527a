import { availableParallelism } from 'node:os';
import config from './jest.config.js';

/**
 * Fast tests without a built program or a server: `npm run test:fast`, less than half a minute on two cores. It
 * excludes the tests of effects and of dist/, tests of many inputs, and single tests that take seconds.
 */
export default {
  ...config,
  // These tests do not wait for other programs.
  maxWorkers: availableParallelism(),
  setupFilesAfterEnv: ['<rootDir>/test/support/short-properties.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/(contract|e2e|fixtures|io|long|scripts|stores)/',
    '\\.(fuzz|linear|property)\\.test\\.ts$',
    '<rootDir>/test/app/(publish/(dangers|obstacles|set-up)|rollback/plugin-rollback|read-history|verify/lost-versions)\\.',
    '<rootDir>/test/(settings/config-bo(mbs|unds)|maven/(bounds|version))\\.',
    '<rootDir>/test/archive/archive\\.',
    '<rootDir>/test/formats/imagej/verify/(circles|index-checks)\\.',
    '<rootDir>/test/formats/jetbrains/(index/(accepted-by-java|existing-index|unusual-index)|ide|channel|compare/offer-table)\\.',
    '<rootDir>/test/report/(hostile|report|report-json)\\.',
    '<rootDir>/test/xml/(read|skeleton)\\.',
    '<rootDir>/test/formats/imagej/artifacts/checksum\\.',
    '<rootDir>/test/formats/jetbrains/(descriptor/plugin-archive|signature/signature)\\.',
  ],
};
