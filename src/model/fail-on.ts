/** Minimum severity of a problem that fails the run. Errors always prevent a publication. */
export const FAIL_ON = ['error', 'warning', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];
