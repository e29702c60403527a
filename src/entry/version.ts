/** As in package.json; `test/entry/contract.test.ts` holds them together. */
export const VERSION = '0.1.0';
/** Where defects are reported. */
export const ISSUES_URL = 'https://github.com/pages-update-site/pages-update-site/issues';
