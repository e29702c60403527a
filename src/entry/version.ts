/** The version in package.json; `test/entry/contract.test.ts` checks that they are equal. */
export const VERSION = '0.1.0';
/** The address for bug reports. */
export const ISSUES_URL = 'https://github.com/pages-update-site/pages-update-site/issues';
